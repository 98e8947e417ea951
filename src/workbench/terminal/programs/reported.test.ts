import { expect, test } from 'vitest';
import type { Program, ProgramIo } from './program.ts';
import { reported } from './reported.ts';

const io = (interrupted = false) =>
  ({ signal: interrupted ? AbortSignal.abort() : new AbortController().signal }) as ProgramIo;

test.each<[string, Program, boolean, string]>([
  ['ends', () => Promise.resolve(0), false, 'ended'],
  ['fails', () => Promise.resolve(1), false, 'failed'],
  ['is interrupted', () => Promise.resolve(130), true, 'ended'],
])('a program that %s', async (_what, program, interrupted, state) => {
  const told: string[] = [];
  const programs = reported(new Map([['mosquitto_sub', program]]), (...each) => {
    told.push(each.join(' '));
  });
  const status = await programs.get('mosquitto_sub')!([], io(interrupted));
  expect(status).toBe(await program([], io()));
  expect(told).toEqual(['mosquitto_sub running', `mosquitto_sub ${state}`]);
});
