import { expect, test } from 'vitest';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { TraceCursor } from './trace-cursor.ts';

const entries = (...numbers: number[]): TraceEntry[] =>
  numbers.map((n) => ({ type: 'log', n, at: n, level: 'notice', text: '' }));
const numbersOf = ({ fresh }: { fresh: readonly TraceEntry[] }) => fresh.map(({ n }) => n);

test('gives each entry once, and begins again with a run', () => {
  const cursor = new TraceCursor();
  expect(cursor.take({ generation: 1, entries: entries(1, 2) })).toMatchObject({ begun: true });
  const next = cursor.take({ generation: 1, entries: entries(1, 2, 3, 4) });
  expect(next.begun).toBe(false);
  expect(numbersOf(next)).toEqual([3, 4]);
  expect(numbersOf(cursor.take({ generation: 1, entries: entries(3, 4) }))).toEqual([]);
  const again = cursor.take({ generation: 2, entries: entries(1) });
  expect(again.begun).toBe(true);
  expect(numbersOf(again)).toEqual([1]);
  expect(cursor.missed).toBe(0);
});

test('counts what it never saw: before it came, between, and while it did not look', () => {
  const cursor = new TraceCursor();
  cursor.take({ generation: 1, entries: entries(4, 5, 8) });
  expect(cursor.missed).toBe(5);
  cursor.take({ generation: 1, entries: entries(20, 21) });
  expect(cursor.missed).toBe(16);
  cursor.take({ generation: 2, entries: entries(1, 2) });
  expect(cursor.missed).toBe(0);
});
