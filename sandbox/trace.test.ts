import { expect, test } from 'vitest';
import { Trace } from './trace.ts';

const closed = (line: number) => ({ type: 'line-closed', line, by: 'client' }) as const;

test('entries are numbered and timed in order', () => {
  const trace = new Trace({ entries: 10, bytes: 10_000 });
  trace.append(closed(1));
  trace.append(closed(2));
  const { entries, missing } = trace.from(1);
  expect(entries.map(({ n }) => n)).toEqual([1, 2]);
  expect(entries[1]!.at).toBeGreaterThanOrEqual(entries[0]!.at);
  expect(missing).toBe(0);
});

test('the oldest entries go first, and from() says how many are gone', () => {
  const trace = new Trace({ entries: 3, bytes: 10_000 });
  for (let i = 0; i < 1000; i++) trace.append(closed(i));
  expect(trace.first).toBe(998);
  expect(trace.from(990)).toMatchObject({
    missing: 8,
    entries: [{ n: 998 }, { n: 999 }, { n: 1000 }],
  });
  expect(trace.from(999).entries.map(({ n }) => n)).toEqual([999, 1000]);
  expect(trace.from(1001)).toEqual({ entries: [], missing: 0 });
});

test('large packets push older ones out; the newest always stays', () => {
  const trace = new Trace({ entries: 100, bytes: 5000 });
  const packet = (size: number) =>
    ({
      type: 'packet',
      line: 1,
      direction: 'to-broker',
      version: 4,
      bytes: new Uint8Array(size),
      fate: 'passed',
    }) as const;
  for (let i = 0; i < 10; i++) trace.append(packet(1000));
  expect(trace.all().length).toBe(4);
  trace.append(packet(60_000));
  expect(trace.all().map(({ n }) => n)).toEqual([11]);
});

test('reset begins at 1 again', () => {
  const trace = new Trace({ entries: 3, bytes: 10_000 });
  for (let i = 0; i < 5; i++) trace.append(closed(i));
  trace.reset();
  expect(trace.last).toBe(0);
  expect(trace.append(closed(1)).n).toBe(1);
  expect(trace.all().length).toBe(1);
});
