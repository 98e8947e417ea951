/** The events that an observer receives, and that it costs the room's viewers nothing. */
import { createBroker } from '../engine/builtin/index.ts';
import { afterEach, expect, test, vi } from 'vitest';
import type { WatchMessage } from '../protocol/api.ts';
import { quietMs } from '../checks/runner.ts';
import type { CheckResult, Exercise, View } from '../protocol/exercise.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import { packets } from '../checks/view.ts';
import { limits as allLimits, type LimitValues } from '../shared/config.ts';
import { roomClient } from '../testing/room-client.ts';
import type { RoomObserver } from './observer.ts';
import type { Viewer } from './viewer-cursor.ts';
import { Room } from './room.ts';

/** Checks rest ten times as long as they took: on a busy machine that is a while. */
const patient = { timeout: 10_000 };
const rooms: Room[] = [];
afterEach(async () => {
  await Promise.all(rooms.splice(0).map((room) => room.close('stopping')));
});

const exercise: Exercise = {
  devices: [],
  scene: {},
  checks: [{ id: 'said', holds: (view) => packets(view, { kind: 'PUBLISH' }).length > 0 }],
};
async function open(limits: Partial<LimitValues> = {}): Promise<Room> {
  const room = new Room({ engine: createBroker, code: 'test', exercise, limits, watchBatchMs: 0 });
  rooms.push(room);
  await room.ready();
  return room;
}

test('an outside client gets check results through an observer, with no page', async () => {
  const room = await open();
  const received: string[] = [];
  room.observe({
    checks: ([result], run) => void received.push(`${run} ${result!.id} ${result!.state}`),
  });
  await expect.poll(() => received, patient).toEqual(['1 said not-yet']);
  const client = roomClient(room);
  await client.connect('python');
  await client.publish('t', 'x').ping();
  await expect.poll(() => received, patient).toEqual(['1 said not-yet', '1 said true']);
  await room.reset();
  await expect.poll(() => received.at(-1), patient).toBe('2 said not-yet');
});

test('a hint says what has not come, though nothing more happens in the room', async () => {
  const silence = (view: View) => view.now! - view.entries.at(-1)!.at;
  const hints = [{ id: 'silent', when: (view: View) => silence(view) >= quietMs }];
  const checks = [{ ...exercise.checks[0]!, hints }];
  const room = new Room({ engine: createBroker, code: 'test', exercise: { ...exercise, checks } });
  rooms.push(room);
  await room.ready();
  const received: (string | undefined)[] = [];
  room.observe({ checks: ([result]) => void received.push(result!.hint?.id) });
  await roomClient(room).connect('a');
  await expect.poll(() => received, patient).toEqual([undefined, 'silent']);
});

test('a late observer receives the present results', async () => {
  const room = await open();
  room.observe({ checks() {} });
  await roomClient(room).connect('a');
  const first = Promise.withResolvers<readonly CheckResult[]>();
  await expect.poll(() => room.checks(), patient).toHaveLength(1);
  await new Promise((resolve) => setTimeout(resolve, 20));
  room.observe({ checks: first.resolve });
  expect(await first.promise).toEqual([{ id: 'said', state: 'not-yet' }]);
});

test('no check runs for an observer that does not ask for results', async () => {
  const holds = vi.fn(() => false);
  const room = new Room({
    engine: createBroker,
    code: 'test',
    exercise: { ...exercise, checks: [{ id: 'a', holds }] },
  });
  rooms.push(room);
  await room.ready();
  const received: TraceEntry[] = [];
  const observed = room.observe({ entries: (entries) => received.push(...entries) });
  await roomClient(room).connect('a');
  await expect.poll(() => received.length, patient).toBe(3);
  expect(holds).not.toHaveBeenCalled();
  observed.close();
  room.observe({ checks() {} });
  await expect.poll(() => holds.mock.calls.length, patient).toBeGreaterThan(0);
});

test('it receives all entries, resets and the end, in this order', async () => {
  const room = await open();
  const received: string[] = [];
  const entries: TraceEntry[] = [];
  room.observe({
    entries(batch, run) {
      entries.push(...batch);
      received.push(`entries of ${run}`);
    },
    reset: (run) => void received.push(`reset ${run}`),
    ended: (reason) => void received.push(reason),
  });
  await roomClient(room).connect('a');
  await expect.poll(() => entries, patient).toEqual(room.trace.all());
  await room.reset();
  expect(entries.at(-1)).toMatchObject({ type: 'line-closed', by: 'room' });
  await roomClient(room).connect('b');
  await room.close('expired');
  expect([...new Set(received)]).toEqual(['entries of 1', 'reset 2', 'entries of 2', 'expired']);
  expect(entries.at(-1)).toMatchObject({ type: 'line-closed', by: 'room' });
});

test('it receives the number of missing entries', async () => {
  const room = await open({ traceEntries: 10 });
  const client = roomClient(room);
  await client.connect('a');
  for (let n = 0; n < 20; n++) client.publish('t', 'x');
  await client.ping();
  const received: [string, number][] = [];
  room.observe({
    missing: (count) => received.push(['missing', count]),
    entries: (batch) => received.push(['entries', batch.length]),
  });
  await expect.poll(() => received.length, patient).toBeGreaterThan(1);
  expect(received[0]).toEqual(['missing', room.trace.first - 1]);
  expect(received.slice(1).every(([what]) => what === 'entries')).toBe(true);
});

test('it evicts no viewer, takes no place, and does not keep the room from being idle', async () => {
  const room = await open();
  const messages: WatchMessage[] = [];
  const viewer = { binary() {}, message: (each: WatchMessage) => messages.push(each), unsent: () => 0 }; // prettier-ignore
  const observers = [room.observe({ entries() {}, checks() {} })];
  expect(room.busy).toBe(false);
  expect(room.wasUsed).toBe(false);
  const watches = [];
  for (let n = 0; n < allLimits.watchersPerRoom.default; n++)
    watches.push(room.watch({ ...viewer }, { run: 1, n: 1 }));
  for (let n = 0; n < 10; n++) observers.push(room.observe({ checks() {} }));
  const closing = () => messages.filter(({ type }) => type === 'closing').length;
  expect(closing()).toBe(0);
  room.watch({ ...viewer }, { run: 1, n: 1 });
  expect(closing()).toBe(1);
  for (const each of observers) each.close();
});

test('an observer that throws harms neither the room nor another observer', async () => {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
  const room = await open();
  const broken = (): never => {
    throw new Error('broken');
  };
  room.observe({ entries: broken, checks: broken, reset: broken, ended: broken });
  const received: string[] = [];
  const good: RoomObserver = {
    entries: () => received.push('entries'),
    reset: () => received.push('reset'),
    ended: () => received.push('ended'),
  };
  room.observe(good);
  await roomClient(room).connect('a');
  await expect.poll(() => received, patient).toContain('entries');
  await room.reset();
  await room.close('stopping');
  expect(received).toContain('reset');
  expect(received.at(-1)).toBe('ended');
  expect(errors).toHaveBeenCalled();
  errors.mockRestore();
});

test('pages are told of a result after an observer has stored it, in order', async () => {
  const room = await open();
  const order: string[] = [];
  const gates: (() => void)[] = [];
  const stored = Promise.withResolvers<void>();
  room.observe({
    checks([result]) {
      order.push(`observer ${result!.state}`);
      if (result!.state !== 'true') return undefined;
      gates.push(stored.resolve);
      return stored.promise;
    },
  });
  const viewer: Viewer = {
    binary() {},
    message(message: WatchMessage) {
      if (message.type === 'checks') order.push(`page ${message.results[0]!.state}`);
    },
    unsent: () => 0,
  };
  room.watch(viewer, { run: 1, n: 1 });
  await expect.poll(() => order, patient).toEqual(['observer not-yet', 'page not-yet']);
  const client = roomClient(room);
  await client.connect('a');
  await client.publish('t', 'x').ping();
  await expect.poll(() => gates.length, patient).toBe(1);
  // A page that comes now is not told either.
  const late: string[] = [];
  const second: Viewer = {
    ...viewer,
    message(message: WatchMessage) {
      if (message.type === 'checks') late.push(message.results[0]!.state);
    },
  };
  room.watch(second, { run: 1, n: 1 });
  await new Promise((resolve) => setTimeout(resolve, 30));
  expect(order.slice(2)).toEqual(['observer true']);
  expect(room.checks()[0]!.state).toBe('true');
  gates[0]!();
  await expect.poll(() => order.slice(2), patient).toEqual(['observer true', 'page true']);
  expect(late).toEqual(['not-yet', 'true']);
});
