import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { pacedBy } from './paced-by.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('works at once, then once for all calls in a rest, and never loses the last', () => {
  const work = vi.fn();
  const call = pacedBy(work, () => 150);
  call();
  expect(work).toHaveBeenCalledTimes(1);
  for (let n = 0; n < 10; n += 1) {
    call();
    vi.advanceTimersByTime(14);
  }
  expect(work).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(10);
  expect(work).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(1_000);
  expect(work).toHaveBeenCalledTimes(2);
  call();
  expect(work).toHaveBeenCalledTimes(3);
});

it('goes on after work that throws', () => {
  let calls = 0;
  const call = pacedBy(
    () => {
      calls += 1;
      if (calls === 1) throw new Error('once');
    },
    () => 150,
  );
  expect(call).toThrow('once');
  call();
  vi.advanceTimersByTime(150);
  expect(calls).toBe(2);
});
