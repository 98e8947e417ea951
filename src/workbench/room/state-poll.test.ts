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

/** A poll of a room that is made, and its listeners. */
function pollOf(ask: () => Promise<BrokerState>) {
  const room = { answer: {} as object | undefined, state: ask };
  const [onState, onUnavailable] = [vi.fn(), vi.fn()];
  return { poll: new StatePoll(room, { onState, onUnavailable }), onState, onUnavailable, room };
}

test('asks after a change while a panel is shown, and never twice in a quarter of a second', async () => {
  const ask = vi.fn(() => Promise.resolve(state));
  const { poll, onState } = pollOf(ask);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(ask).not.toHaveBeenCalled();
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  expect(onState).toHaveBeenCalledExactlyOnceWith(state);
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
  const { poll, onState } = pollOf(ask);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(ask).toHaveBeenCalledTimes(1);
  answer(state);
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledTimes(2);
  // A hidden panel is not notified. It is when it is shown again.
  poll.hide();
  answer(state);
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(onState).toHaveBeenCalledTimes(1);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  expect(ask).toHaveBeenCalledTimes(3);
});

test('nothing is asked before the room is made', async () => {
  const ask = vi.fn(() => Promise.resolve(state));
  const { poll, onState, room } = pollOf(ask);
  room.answer = undefined;
  poll.show();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(ask).not.toHaveBeenCalled();
  room.answer = {};
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(onState).toHaveBeenCalledExactlyOnceWith(state);
});

test('a request that fails is no news, and the next change asks again', async () => {
  const ask = vi.fn(() => Promise.reject(new RoomError('timeout', 'no response')));
  const { poll, onState, onUnavailable } = pollOf(ask);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(ask).toHaveBeenCalledTimes(2);
  expect(onState).not.toHaveBeenCalled();
  expect(onUnavailable).not.toHaveBeenCalled();
});

test('a broker that does not tell its state is asked once in a run', async () => {
  const ask = vi.fn(() => Promise.reject(new RoomError('no-broker-state', 'not onState')));
  const { poll, onState, onUnavailable } = pollOf(ask);
  poll.show();
  await vi.advanceTimersByTimeAsync(0);
  expect(onUnavailable).toHaveBeenCalledTimes(1);
  poll.changed();
  await vi.advanceTimersByTimeAsync(pollMs * 4);
  expect(ask).toHaveBeenCalledTimes(1);
  ask.mockImplementation(() => Promise.resolve(state) as Promise<never>);
  poll.restart();
  await vi.advanceTimersByTimeAsync(pollMs);
  expect(onState).toHaveBeenCalledExactlyOnceWith(state);
});
