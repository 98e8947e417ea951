import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { RoomError } from './room.ts';
import { pollMs, StatePoll } from './state-poll.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});
const state: BrokerState = { clients: [], retained: [] };

/** A poll of a room that is made, and what its listener heard. */
function pollOf(ask: () => Promise<BrokerState>) {
  const room = { answer: {} as object | undefined, state: ask };
  const [told, untold] = [vi.fn(), vi.fn()];
  return { poll: new StatePoll(room, { onState: told, onUntold: untold }), told, untold, room };
}

test('asks when something changed and somebody looks, and never twice in a quarter of a second', async () => {
  const ask = vi.fn(() => Promise.resolve(state));
  const { poll, told } = pollOf(ask);
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
  const { poll, told } = pollOf(ask);
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

test('nothing is asked before the room is made', async () => {
  const ask = vi.fn(() => Promise.resolve(state));
  const { poll, told, room } = pollOf(ask);
  room.answer = undefined;
  poll.show();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(ask).not.toHaveBeenCalled();
  room.answer = {};
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(told).toHaveBeenCalledExactlyOnceWith(state);
});

test('a request that fails is no news, and the next change asks again', async () => {
  const ask = vi.fn(() => Promise.reject(new RoomError('timeout', 'no response')));
  const { poll, told, untold } = pollOf(ask);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(told).not.toHaveBeenCalled();
  expect(untold).not.toHaveBeenCalled();
});

test('a broker that does not tell its state is asked once in a run', async () => {
  const ask = vi.fn(() => Promise.reject(new RoomError('no-broker-state', 'not told')));
  const { poll, told, untold } = pollOf(ask);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  expect(untold).toHaveBeenCalledTimes(1);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(ask).toHaveBeenCalledTimes(1);
  ask.mockImplementation(() => Promise.resolve(state) as Promise<never>);
  poll.restart();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(told).toHaveBeenCalledExactlyOnceWith(state);
});
