import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { clearTimeout, setTimeout } from './prelude.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a timer fires once, with its values', () => {
  const call = vi.fn();
  setTimeout(call, 100, 'a', 1);
  vi.advanceTimersByTime(99);
  expect(call).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1000);
  expect(call.mock.calls).toEqual([['a', 1]]);
});

test('refresh starts the delay anew, also of a timer that has fired', () => {
  const call = vi.fn();
  const timer = setTimeout(call, 100);
  for (let i = 0; i < 5; i++) {
    vi.advanceTimersByTime(60);
    expect(timer.refresh().unref().ref()).toBe(timer);
  }
  vi.advanceTimersByTime(99);
  expect(call).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(call).toHaveBeenCalledTimes(1);
  timer.refresh();
  vi.advanceTimersByTime(100);
  expect(call).toHaveBeenCalledTimes(2);
});

test('refreshing a thousand times arms one timer of the browser', () => {
  // A spy that is restored would leave the fake timer behind for the next file.
  const faked = globalThis.setTimeout;
  const native = vi.fn(faked);
  globalThis.setTimeout = native as unknown as typeof faked;
  const timer = setTimeout(() => {}, 100);
  for (let i = 0; i < 1000; i++) timer.refresh();
  globalThis.setTimeout = faked;
  expect(native).toHaveBeenCalledTimes(1);
});

test('a cleared timer does not fire, refreshed before or not', () => {
  const call = vi.fn();
  const timer = setTimeout(call, 100).refresh();
  clearTimeout(timer);
  clearTimeout(null);
  clearTimeout(undefined);
  vi.advanceTimersByTime(1000);
  expect(call).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});
