import { expect, test } from 'vitest';
import { decodeBatch } from '../protocol/trace-batch.ts';
import { Trace } from './trace.ts';

const closed = (line: number) => ({ type: 'line-closed', line, by: 'client' }) as const;
const packet = (size: number) =>
  ({
    type: 'packet',
    line: 1,
    direction: 'to-broker',
    version: 4,
    bytes: new Uint8Array(size),
    fate: 'passed',
  }) as const;

/** What a viewer gets that asks from `n` on until it has everything. */
function from(trace: Trace, n: number): { numbers: number[]; missing: number; batches: number } {
  const seen = { numbers: [] as number[], missing: 0, batches: 0 };
  for (let next = n; next <= trace.last; seen.batches++) {
    const part = trace.batch(next);
    seen.missing += part.missing;
    seen.numbers.push(...decodeBatch(part.batch).map((entry) => entry.n));
    next = part.next;
  }
  return seen;
}

test('entries are numbered and timed in order', () => {
  const trace = new Trace({ entries: 10, bytes: 10_000 });
  expect(trace.append(closed(1))).toBe(1);
  expect(trace.append(closed(2))).toBe(2);
  const [first, second] = trace.all();
  expect([first!.n, second!.n]).toEqual([1, 2]);
  expect(second!.at).toBeGreaterThanOrEqual(first!.at);
  expect(from(trace, 1)).toEqual({ numbers: [1, 2], missing: 0, batches: 1 });
});

test('the oldest entries go first, and a viewer learns how many are gone', () => {
  const trace = new Trace({ entries: 3, bytes: 10_000 });
  for (let i = 0; i < 1000; i++) trace.append(closed(i));
  expect(trace.first).toBe(998);
  expect(from(trace, 990)).toMatchObject({ numbers: [998, 999, 1000], missing: 8 });
  expect(from(trace, 999)).toMatchObject({ numbers: [999, 1000], missing: 0 });
  expect(trace.batch(1001)).toMatchObject({ next: 1001, missing: 0 });
  expect(trace.batch(1001).batch).toHaveLength(0);
  expect(new Trace({ entries: 3, bytes: 100 }).batch(1).batch).toHaveLength(0);
});

test('a viewer gets every entry once, however the trace is cut', () => {
  const trace = new Trace({ entries: 2000, bytes: 500_000 });
  for (let i = 0; i < 3000; i++) {
    trace.append(i % 7 === 0 ? closed(i) : packet(i % 300));
    if (i % 500 === 0) trace.append(packet(40_000));
  }
  const numbers = Array.from({ length: trace.last - trace.first + 1 }, (_, i) => trace.first + i);
  const seen = from(trace, 1);
  expect(seen.numbers).toEqual(numbers);
  expect(seen.missing).toBe(trace.first - 1);
  expect(seen.batches).toBeGreaterThan(10);
  for (const n of [trace.first + 1, trace.last - 150, trace.last])
    expect(from(trace, n).numbers).toEqual(numbers.slice(n - trace.first));
  expect(trace.all().map(({ n }) => n)).toEqual(numbers);
});

test('an entry that was looked at stays the same object until it goes', () => {
  const trace = new Trace({ entries: 4, bytes: 10_000 });
  for (let i = 0; i < 3; i++) trace.append(packet(5));
  const before = [...trace.all()];
  for (let i = 0; i < 3; i++) trace.append(packet(6));
  const after = trace.all();
  expect(after.map(({ n }) => n)).toEqual([3, 4, 5, 6]);
  expect(after[0]).toBe(before[2]);
  for (let i = 0; i < 9; i++) trace.append(closed(i));
  expect(trace.all().map(({ n }) => n)).toEqual([12, 13, 14, 15]);
});

test('objects that are not needed are released, and made again', () => {
  const trace = new Trace({ entries: 4, bytes: 10_000 });
  for (let i = 0; i < 6; i++) trace.append(packet(5));
  const before = [...trace.all()];
  trace.forgetObjects();
  expect(trace.all()).toEqual(before);
  expect(trace.all()[0]).not.toBe(before[0]);
});

test('a packet’s bytes are its own: the buffer that they came in may be used again', () => {
  const trace = new Trace({ entries: 4, bytes: 10_000 });
  const entry = packet(3);
  trace.append(entry);
  entry.bytes.fill(9);
  expect(trace.all()[0]).toMatchObject({ bytes: new Uint8Array(3) });
});

test('large packets push older ones out; the newest always stays', () => {
  const trace = new Trace({ entries: 100, bytes: 5000 });
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
  expect(trace.append(closed(1))).toBe(1);
  expect(trace.all().length).toBe(1);
});

test('how a run began is remembered for its checks, within bounds, until the next one', () => {
  const trace = new Trace({ entries: 3, bytes: 10_000 });
  for (let i = 1; i <= 1000; i++) trace.append(i === 2 ? packet(5) : closed(i));
  const numbers = trace.remembered().map(({ n }) => n);
  expect(numbers).toEqual([...Array.from({ length: 500 }, (_, i) => i + 1), 998, 999, 1000]);
  expect(trace.remembered()[1]).toMatchObject(packet(5));
  expect(trace.all()).toHaveLength(3);
  trace.reset();
  // Large ones are not; what comes between them is.
  for (let i = 0; i < 20; i++) trace.append(i % 10 === 9 ? closed(i) : packet(20_000));
  const began = trace.remembered().filter(({ n }) => n < trace.first);
  expect(began.map(({ n }) => n)).toEqual([1, 2, 3, 10]);
});
