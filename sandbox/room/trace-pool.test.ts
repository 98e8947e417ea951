import { expect, test } from 'vitest';
import { TracePool } from './trace-pool.ts';
import { Trace } from './trace.ts';

const size = { entries: 5000, bytes: 1_000_000 };
const packet = (bytes: number) =>
  ({
    type: 'packet',
    line: 1,
    direction: 'to-broker',
    version: 4,
    bytes: new Uint8Array(bytes),
    fate: 'passed',
  }) as const;

test('the largest traces lose their oldest entries; a small one keeps all', () => {
  const pool = new TracePool(400_000);
  const small = new Trace(size, pool);
  for (let n = 0; n < 100; n++) small.append(packet(10));
  const large = [new Trace(size, pool), new Trace(size, pool)];
  for (let n = 0; n < 50; n++) for (const trace of large) trace.append(packet(9000));
  expect(small.all()).toHaveLength(100);
  expect(pool.bytes).toBeLessThanOrEqual(400_000);
  expect(pool.bytes).toBeGreaterThan(300_000);
  for (const trace of large) {
    expect(trace.last).toBe(50);
    expect(trace.first).toBeGreaterThan(25);
    expect(trace.all().at(-1)!.n).toBe(50);
    expect(trace.batch(1).missing).toBe(trace.first - 1);
  }
  // Idle, and yet the largest: its entries make place for those of others.
  const before = large[0]!.bytes;
  for (let n = 0; n < 300; n++) large[1]!.append(packet(500));
  expect(large[0]!.bytes).toBeLessThanOrEqual(before);
  expect(pool.bytes).toBeLessThanOrEqual(400_000);
});

test('what a trace gives back is counted to the byte', () => {
  const pool = new TracePool(300_000);
  const traces = Array.from({ length: 4 }, () => new Trace(size, pool));
  for (let n = 0; n < 2000; n++) traces[n % 4]!.append(packet((n * 37) % 900));
  expect(pool.bytes).toBeGreaterThan(0);
  traces[0]!.reset();
  for (let n = 0; n < 10; n++) traces[0]!.append(packet(100));
  for (const trace of traces) trace.close();
  expect(pool.bytes).toBe(0);
});

test('the newest entry of each stays, even if all newest are too much', () => {
  const pool = new TracePool(1000);
  const traces = Array.from({ length: 3 }, () => new Trace(size, pool));
  for (const trace of traces) for (let n = 0; n < 3; n++) trace.append(packet(20_000));
  expect(traces.map(({ first, last }) => [first, last])).toEqual(Array(3).fill([3, 3]));
});

test('what is counted is the memory, not only what is written into it', () => {
  const pool = new TracePool();
  const trace = new Trace({ entries: 5000, bytes: 600_000 }, pool);
  const memory = (): number => {
    const buffers = new Set<ArrayBufferLike>();
    for (let next = trace.first; next <= trace.last;) {
      const part = trace.batch(next);
      buffers.add(part.batch.buffer);
      next = part.next;
    }
    return [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
  };
  // A small one between large ones has a chunk for many, most of which stays empty.
  for (let n = 0; n < 25; n++) {
    trace.append(packet(20_000));
    trace.append(packet(10));
    expect(pool.bytes).toBe(memory());
  }
  expect(pool.bytes).toBeLessThan(trace.bytes * 1.1);
  for (let n = 0; n < 500; n++) {
    trace.append(packet(300));
    if (n % 50 === 0) expect(pool.bytes - (trace.bytes - written(trace))).toBe(memory());
  }
});

/** Bytes of the entries that are here, without the remembered beginning. */
function written(trace: Trace): number {
  let bytes = 0;
  for (let next = trace.first; next <= trace.last;) {
    const part = trace.batch(next);
    bytes += part.batch.length;
    next = part.next;
  }
  return bytes;
}
