import { expect, test, vi } from 'vitest';
import type { LogEntry } from '../../../sandbox/protocol/trace.ts';
import { RunRecord } from './record.ts';

const entry = (n: number): LogEntry => ({ type: 'log', n, at: n, level: 'notice', text: '' });
const entries = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => entry(from + i));

/** Frames come when the test says so. */
function recordWithFrames(limits?: { entries: number; lines: number; text: number }) {
  const waiting: (() => void)[] = [];
  const record = new RunRecord((notify) => waiting.push(notify), limits);
  return { record, waiting, frame: () => waiting.splice(0).forEach((notify) => notify()) };
}

test('what was printed is timed anew when the clock was late', () => {
  const record = new RunRecord((notify) => notify());
  record.addLine({ device: 'a', level: 'log', text: 'x', at: 5 });
  record.retime(2.5);
  expect(record.lines).toMatchObject([{ at: 7.5 }]);
});

test('subscribers are called once a frame, however much was added', () => {
  const { record, waiting, frame } = recordWithFrames();
  const listener = vi.fn();
  record.subscribe(listener);
  for (let n = 1; n <= 100; n += 1) record.addEntries([entry(n)]);
  record.addLine({ device: 'a', level: 'log', text: 'x', at: 0 });
  expect(waiting).toHaveLength(1);
  frame();
  expect(listener).toHaveBeenCalledTimes(1);
  expect(record.entries).toHaveLength(100);
  record.setState('a', 'ended');
  frame();
  expect(listener).toHaveBeenCalledTimes(2);
});

test('an unsubscribed listener is not called', () => {
  const { record, frame } = recordWithFrames();
  const listener = vi.fn();
  record.subscribe(listener)();
  record.addEntries([entry(1)]);
  frame();
  expect(listener).not.toHaveBeenCalled();
});

test('the newest are kept, and what was left out is counted', () => {
  const { record } = recordWithFrames({ entries: 100, lines: 10, text: 5 });
  record.addEntries(entries(1, 100));
  expect(record.entriesLeftOut).toBe(0);
  record.addEntries(entries(101, 130));
  expect(record.entries.map(({ n }) => n)).toEqual(entries(41, 130).map(({ n }) => n));
  expect(record.entriesLeftOut).toBe(40);
  record.addMissing(7);
  expect(record.entriesLeftOut).toBe(47);
});

test('a long line is cut, and says so', () => {
  const { record } = recordWithFrames({ entries: 1, lines: 10, text: 5 });
  record.addLine({ device: 'a', level: 'log', text: 'abcdefgh', at: 0 });
  expect(record.lines[0]?.text).toBe('abcde…');
});

test('a new run begins with nothing, and is another generation', () => {
  const { record } = recordWithFrames();
  record.addEntries(entries(1, 3));
  record.addLine({ device: 'a', level: 'log', text: 'x', at: 0 });
  const before = record.generation;
  record.clear();
  expect([record.entries, record.lines, record.entriesLeftOut]).toEqual([[], [], 0]);
  expect(record.generation).toBe(before + 1);
});

test('subscribers are called at once for a new run, which is empty, and not with the next frame', () => {
  const { record } = recordWithFrames();
  record.addEntries(entries(1, 3));
  const seen: number[] = [];
  const stop = record.onBegin(() => seen.push(record.entries.length));
  record.clear();
  expect(seen).toEqual([0]);
  stop();
  record.clear();
  expect(seen).toEqual([0]);
});
