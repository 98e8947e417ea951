import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { pollMs, StatePoll } from './state-poll.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const state: BrokerState = { clients: [], retained: [] };

test('asks when something changed and somebody looks, and never twice in a quarter of a second', async () => {
  const ask = vi.fn(() => Promise.resolve(state));
  const told = vi.fn();
  const poll = new StatePoll(ask, told);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(ask).not.toHaveBeenCalled();
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveBeenCalledExactlyOnceWith(state);
  for (let i = 0; i < 10; i += 1) poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs - 1);
  expect(ask).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(ask).toHaveBeenCalledTimes(2);
  // Nothing has changed: nobody is asked.
  await vi.advanceTimersByTimeAsync(pollMs * 10);
  expect(ask).toHaveBeenCalledTimes(2);
});

test('one question at a time; what changes meanwhile is asked for afterwards', async () => {
  let answer: (value: BrokerState) => void = () => {};
  const ask = vi.fn(() => new Promise<BrokerState>((resolve) => (answer = resolve)));
  const told = vi.fn();
  const poll = new StatePoll(ask, told);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(ask).toHaveBeenCalledTimes(1);
  answer(state);
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledTimes(2);
  // Whoever looks away is told nothing, and hears of it on return.
  poll.hide();
  answer(state);
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(told).toHaveBeenCalledTimes(1);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('a room that does not answer is told as undefined', async () => {
  const told = vi.fn();
  const poll = new StatePoll(() => Promise.reject(new Error('gone')), told);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toHaveBeenCalledExactlyOnceWith(undefined);
});
