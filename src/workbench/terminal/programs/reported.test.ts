import { expect, test } from 'vitest';
import type { Program, ProgramIo } from './program.ts';
import { lineReports, reported } from './reported.ts';

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

test('a line that starts no program, and one that waits, by the terminal’s name', () => {
  const told: unknown[][] = [];
  const lines = lineReports('terminal-2', (...each) => void told.push(each));
  const typed = (line: string) => ({ typed: { line, words: [] } });
  lines.ended('mosquitto -v', 127);
  lines.waiting('mosquitto_pub -t a -m 1');
  // It reports itself, so its line is not told again.
  lines.program('mosquitto_pub', 'failed');
  lines.ended('mosquitto_pub -t a -m 1', 1);
  lines.ended('nothing', 127);
  expect(told).toEqual([
    ['terminal-2', 'failed', typed('mosquitto -v')],
    ['terminal-2', 'off', typed('mosquitto_pub -t a -m 1')],
    ['mosquitto_pub', 'failed'],
    ['terminal-2', 'ended'],
    ['terminal-2', 'failed', typed('nothing')],
  ]);
});

test('a line of other programs has ended, whatever their status', () => {
  const told: unknown[][] = [];
  const lines = lineReports('terminal-1', (...each) => void told.push(each));
  lines.ended('ls', 0);
  // Ctrl-C.
  lines.ended('sleep 9', 130);
  // Of a broker that has stopped.
  lines.ended('systemctl status mosquitto', 3);
  expect(told).toEqual(
    ['ls', 'sleep 9', 'systemctl status mosquitto'].map((line) => [
      'terminal-1',
      'ended',
      { typed: { line, words: [] } },
    ]),
  );
});

test('nothing is told of an empty line, of a password, and of what asks the terminal itself', () => {
  const told: unknown[][] = [];
  const lines = lineReports('terminal-1', (...each) => void told.push(each));
  lines.waiting(' ');
  lines.ended('', 0);
  lines.ended('help mosquitto_sub', 0);
  lines.waiting('mosquitto_passwd -b passwd anna secret');
  lines.ended('sudo mosquitto_passwd -b passwd anna secret', 127);
  expect(told).toEqual([]);
});
