import { generate, type Packet } from 'mqtt-packet';
import { expect, it } from 'vitest';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { areThere, startAfter } from './after-devices.ts';

const packet = (line: number, direction: 'to-broker' | 'to-client', what: Packet) => ({
  ...({ type: 'packet', line, direction, version: 4, fate: 'passed' } as const),
  bytes: generate(what),
});
const opened = (line: number, name: string) => ({
  ...({ type: 'line-opened', line, transport: 'memory', role: 'device', name } as const),
});
const traceOf = (...bare: object[]): TraceEntry[] =>
  bare.map((entry, at) => ({ ...entry, n: at + 1, at }) as TraceEntry);
const suback = (line: number) =>
  packet(line, 'to-client', { cmd: 'suback', messageId: 1, granted: [0] });
const publish = {
  cmd: 'publish',
  topic: 'a',
  payload: '1',
  qos: 0,
  dup: false,
  retain: false,
} as const;

it('a device is there once it has subscribed, or published, or has ended', () => {
  const lines = [opened(1, 'lamp'), opened(2, 'thermometer')];
  const both = ['lamp', 'thermometer'];
  expect(areThere(traceOf(...lines, suback(1)), both)).toBe(false);
  // What came to it is not what it said.
  expect(areThere(traceOf(...lines, suback(1), packet(2, 'to-client', publish)), both)).toBe(false);
  expect(areThere(traceOf(...lines, suback(1), packet(2, 'to-broker', publish)), both)).toBe(true);
  const failed = { type: 'device', device: 'thermometer', state: 'failed' };
  expect(areThere(traceOf(...lines, suback(1), failed), both)).toBe(true);
  expect(areThere([], [])).toBe(true);
});

it('starts nothing that was stopped before its time', async () => {
  const ready = Promise.withResolvers<void>();
  let starts = 0;
  const runner = startAfter(ready.promise, () => {
    starts += 1;
    return { done: Promise.resolve(), stop() {} };
  });
  runner.stop();
  await runner.done;
  ready.resolve();
  await ready.promise;
  expect(starts).toBe(0);
});

it('is done when the program that it started is, and hands Ctrl-C on', async () => {
  const program = Promise.withResolvers<void>();
  const runner = startAfter(Promise.resolve(), () => ({
    done: program.promise,
    stop: () => program.resolve(),
  }));
  await Promise.resolve();
  runner.stop();
  await runner.done;
});
