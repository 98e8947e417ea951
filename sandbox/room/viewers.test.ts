/** Who watches a room, and what they are told. */
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import type { MqttClient } from 'mqtt';
import { decodeBatch } from '../protocol/trace-batch.ts';
import type { WatchMessage } from '../protocol/api.ts';
import type { CheckResult } from '../protocol/exercise.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import { packetOf } from '../mqtt/packet.ts';
import { transports, type TestServer } from '../testing/transports.ts';
import { packets } from '../checks/view.ts';
import type { Viewer } from './viewer-cursor.ts';

/** MQTT.js types its events; Node's helper wants them untyped. */
const connected = (client: MqttClient) => once(client as unknown as NodeJS.EventEmitter, 'connect');

/** A viewer that keeps everything, and whom one can ask to wait for something. */
class TestViewer implements Viewer {
  entries: TraceEntry[] = [];
  messages: WatchMessage[] = [];
  #waiting: (() => void)[] = [];
  blocked = false;
  binary(batch: Uint8Array): void {
    this.entries.push(...decodeBatch(batch));
    this.#wake();
  }
  message(message: WatchMessage): void {
    if (message.type === 'reset') this.entries = [];
    this.messages.push(message);
    this.#wake();
  }
  unsent(): number {
    return this.blocked ? 1e9 : 0;
  }
  get results(): CheckResult[] {
    return this.messages.filter((message) => message.type === 'checks').at(-1)?.results ?? [];
  }
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const [memory] = transports;

test('gets everything from the beginning, and what comes', async () => {
  server = await memory!.start({ watchBatchMs: 0 });
  const { client, room } = await server.open();
  await connected(client());
  const viewer = new TestViewer();
  room.watch(viewer, { run: 0, n: 1 });
  expect(viewer.messages[0]).toEqual({
    type: 'welcome',
    run: 1,
    missing: 0,
    mosquitto: '2.0.21',
  });
  expect(viewer.entries.map(({ type }) => type)).toEqual(['line-opened', 'packet', 'packet']);
  await client().publishAsync('t', 'x', { qos: 1 });
  await viewer.until(() => viewer.entries.length === room.trace.last);
  expect(viewer.entries).toEqual(room.trace.all());
});

test('continues where it was after a reconnect, and receives the number of missing entries', async () => {
  server = await memory!.start({ limits: { traceEntries: 10 } });
  const { client, room } = await server.open();
  const busy = client();
  for (let i = 0; i < 20; i++) await busy.publishAsync('t', 'x', { qos: 1 });
  const { last } = room.trace;
  const viewer = new TestViewer();
  room.watch(viewer, { run: 1, n: last - 1 });
  expect(viewer.entries.map(({ n }) => n)).toEqual([last - 1, last]);
  const late = new TestViewer();
  room.watch(late, { run: 1, n: 3 });
  expect(late.messages[0]).toMatchObject({ type: 'welcome', missing: last - 12 });
  expect(late.entries).toHaveLength(10);
  const fromAnotherRun = new TestViewer();
  room.watch(fromAnotherRun, { run: 7, n: 500 });
  expect(fromAnotherRun.entries).toHaveLength(10);
});

test('misses nothing of a burst that is longer than the trace', async () => {
  const limits = { traceEntries: 2000, packetsPerSecond: 1e6, packetsBurst: 1e6 };
  server = await memory!.start({ watchBatchMs: 10_000, limits });
  const { client, room } = await server.open();
  const viewer = new TestViewer();
  room.watch(viewer, { run: 0, n: 1 });
  const busy = client();
  for (let i = 0; i < 4000; i++) await busy.publishAsync('t', 'x');
  await busy.publishAsync('t', 'last', { qos: 1 });
  expect(room.trace.first).toBeGreaterThan(1000);
  expect(viewer.messages.filter(({ type }) => type === 'missing')).toEqual([]);
  expect(viewer.entries.length).toBeGreaterThan(room.trace.last - 1001);
});

test('is not queued for while it is slow', async () => {
  server = await memory!.start({ watchBatchMs: 0, limits: { traceEntries: 50 } });
  const { client, room } = await server.open();
  const viewer = new TestViewer();
  room.watch(viewer, { run: 0, n: 1 });
  viewer.blocked = true;
  const busy = client();
  for (let i = 0; i < 50; i++) await busy.publishAsync('t', 'x', { qos: 1 });
  viewer.blocked = false;
  await viewer.until(() => viewer.entries.at(-1)?.n === room.trace.last);
  const missing = viewer.messages.find(({ type }) => type === 'missing');
  expect(missing).toMatchObject({ from: 1, count: room.trace.last - 50 });
  expect(viewer.entries).toHaveLength(50);
});

test('is shown checks as they turn true, with hints until then', async () => {
  server = await memory!.start({ watchBatchMs: 0 });
  const published = (entries: readonly TraceEntry[], topic: string) =>
    entries.some((entry) => {
      if (entry.type !== 'packet') return false;
      const packet = packetOf(entry);
      return packet.kind === 'PUBLISH' && packet.topic === topic;
    });
  const { client, room } = await server.open({
    checks: [
      {
        id: 'right',
        holds: ({ entries }) => published(entries, 'right'),
        hints: [{ id: 'wrong', when: ({ entries }) => published(entries, 'wrong') && { was: 'wrong' } }],
      },
      { id: 'held', holds: ({ state }) => state.retained.some(({ topic }) => topic === 'kept') },
    ],
  }); // prettier-ignore
  const viewer = new TestViewer();
  room.watch(viewer, { run: 0, n: 1 });
  const one = client();
  await viewer.until(() => viewer.results.length === 2);
  expect(viewer.results.map(({ state }) => state)).toEqual(['not-yet', 'not-yet']);
  await one.publishAsync('wrong', 'x');
  await viewer.until(() => viewer.results[0]?.hint !== undefined);
  expect(viewer.results[0]).toEqual({
    id: 'right',
    state: 'not-yet',
    hint: { id: 'wrong', values: { was: 'wrong' } },
  });
  await one.publishAsync('right', 'x');
  await one.publishAsync('kept', 'x', { retain: true });
  await viewer.until(() => viewer.results.every(({ state }) => state === 'true'));
});

test('what a check saw at the beginning of a run stays true when the trace has moved on', async () => {
  server = await memory!.start({ watchBatchMs: 0, limits: { traceEntries: 10 } });
  const { client, room } = await server.open({
    checks: [
      { id: 'accepted', holds: (view) => packets(view, { kind: 'CONNACK' }).length > 0 },
      { id: 'heard', holds: (view) => packets(view, { kind: 'PUBACK' }).length > 0 },
    ],
  });
  const busy = client();
  for (let i = 0; i < 20; i++) await busy.publishAsync('t', 'x', { qos: 1 });
  expect(room.trace.first).toBeGreaterThan(3);
  expect(room.checks().map(({ state }) => state)).toEqual(['true', 'true']);
});

test('receives the end of the room', async () => {
  server = await memory!.start();
  const { room } = await server.open();
  const viewer = new TestViewer();
  room.watch(viewer, { run: 0, n: 1 });
  await server.rooms.sweep(performance.now() + 1e9);
  expect(server.rooms.size).toBe(1);
  await server.close();
  server = undefined;
  expect(viewer.messages.at(-1)).toEqual({ type: 'closing', reason: 'stopping', afterMs: 3000 });
});
