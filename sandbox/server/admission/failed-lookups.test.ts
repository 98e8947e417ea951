import { expect, test } from 'vitest';
import { FailedLookups } from './failed-lookups.ts';

test('so many answers in a window, then silence, then answers again', () => {
  const wrong = new FailedLookups(3, 1000);
  expect([1, 2, 3, 4].map(() => wrong.answer('a', 0))).toEqual([true, true, true, false]);
  expect(wrong.answer('a', 999)).toBe(false);
  expect(wrong.answer('b', 999)).toBe(true);
  expect(wrong.answer('a', 1000)).toBe(true);
});

test('addresses beyond number cost no memory without end', () => {
  const wrong = new FailedLookups(3, 1000);
  for (let i = 0; i < 50_000; i++) wrong.answer(String(i), i);
  expect(wrong.size).toBeLessThanOrEqual(10_000);
});
