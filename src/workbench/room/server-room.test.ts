import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start, type RunningServer } from '../../../sandbox/server/main.ts';
import { memoryStore } from '../store/drafts.ts';
import type { RoomInfo } from './room.ts';
import type { ServerOptions } from './server-connection.ts';
import { exerciseNamed, recordRoom } from './testing/room-recorder.ts';
import { ServerRoom } from './server-room.ts';

let running: RunningServer;
let rooms: ServerRoom[] = [];
const open = (port = 0, limits = {}) =>
  start({
    exercises: { get: exerciseNamed },
    site: import.meta.dirname,
    host: '127.0.0.1',
    port,
    mqttPort: 0,
    limits,
  });
beforeEach(async () => void (running = await open()));
afterEach(async () => {
  for (const room of rooms) room.dispose();
  rooms = [];
  await running.stop();
});

/** A room of the server, and all that it emitted. */
function makeRoom(store = memoryStore(), more: Partial<ServerOptions> = {}) {
  const origin = `http://127.0.0.1:${running.port}`;
  const room = new ServerRoom({ exercise: 'a/b', origin, store, ...more });
  rooms.push(room);
  return recordRoom(room);
}

test('what outside clients do over TCP is in the trace', async () => {
  const { room, seen, until } = makeRoom();
  await room.reset();
  const username = room.info!.address;
  const outside = await connectAsync(`mqtt://127.0.0.1:${room.info!.tcpPort}`, { username });
  await outside.publishAsync('hello', 'from a shell');
  await outside.endAsync();
  await until(() => seen.entries.some((e) => e.type === 'packet' && e.bytes[0]! >> 4 === 3));
  expect(seen.entries.some((e) => e.type === 'line-opened' && e.role === 'outside')).toBe(true);
});

test('a reader who has joined a class in another tab is seen again, and the trace goes on', async () => {
  let changed = (): void => {};
  const { room, seen, until } = makeRoom(memoryStore(), { onReader: (listener) => void (changed = listener) }); // prettier-ignore
  const run = await room.reset();
  await until(() => seen.entries.length >= 4);
  const before = [seen.runs.length, seen.entries.length];
  changed();
  await until(() => room.status !== 'live');
  await until(() => room.status === 'live');
  expect([seen.runs.length, seen.entries.length]).toEqual(before);
  expect(await room.reset()).toBe(run + 1);
});

test('a reload finds its room again, with the trace of before', async () => {
  const store = memoryStore();
  const before = makeRoom(store);
  const run = await before.room.reset();
  await before.until(() => before.seen.entries.length >= 4);
  before.room.dispose();
  const after = makeRoom(store);
  expect(after.room.isSaved).toBe(true);
  await after.room.connect();
  await after.until(() => after.seen.entries.length >= 4);
  expect(after.seen.rooms).toEqual(['kept']);
  expect(after.seen.runs).toEqual([run]);
  expect(after.room.info!.address).toBe(before.room.info!.address);
});

test('a room that was kept without its watch key is let go: there is a new one', async () => {
  const store = memoryStore();
  const before = makeRoom(store);
  await before.room.connect();
  before.room.dispose();
  const key = 'retained:room:a/b';
  const { watchKey, ...old } = JSON.parse(store.getItem(key)!) as RoomInfo;
  expect(watchKey).toMatch(/^\w{10}$/);
  store.setItem(key, JSON.stringify(old));
  const after = makeRoom(store);
  expect(after.room.isSaved).toBe(false);
  await after.room.connect();
  expect(after.seen.rooms).toEqual(['new']);
  expect(after.room.info!.address).not.toBe(old.address);
});

test('a watch key that the room does not have: a new room, and it is said', async () => {
  const store = memoryStore();
  const { room } = makeRoom(store);
  await room.connect();
  room.dispose();
  const key = 'retained:room:a/b';
  store.setItem(key, JSON.stringify({ ...room.info, watchKey: '0123456789' }));
  const after = makeRoom(store);
  await after.room.connect();
  expect(after.seen.rooms).toEqual(['kept', 'replaced']);
});

test('a server that went away and came back without its rooms: a new room, and it is said', async () => {
  const { room, seen, until } = makeRoom();
  await room.reset();
  const { port } = running;
  const address = room.info!.address;
  await running.stop();
  await until(() => seen.connections.at(-1) === 'reconnecting');
  running = await open(port);
  room.retry();
  await until(() => seen.connections.at(-1) === 'live');
  expect(seen.rooms).toEqual(['new', 'replaced']);
  expect(room.info!.address).not.toBe(address);
  await room.reset();
});

test('a whole class behind one address finds new rooms, although its wrong addresses are too many', async () => {
  const pages = Array.from({ length: 30 }, () => makeRoom());
  await Promise.all(pages.map(({ room }) => room.connect()));
  const { port } = running;
  await running.stop();
  const away = ({ seen }: (typeof pages)[0]) => seen.connections.at(-1) === 'reconnecting';
  await Promise.all(pages.map((page) => page.until(() => away(page))));
  running = await open(port, { wrongRoomAddresses: 5, wrongRoomAddressesMs: 600_000 });
  for (const { room } of pages) room.retry();
  const back = ({ seen }: (typeof pages)[0]) => ['live', 'lost'].includes(seen.connections.at(-1)!);
  await Promise.all(pages.map((page) => page.until(() => back(page))));
  expect(pages.map(({ seen }) => seen.connections.at(-1))).toEqual(pages.map(() => 'live'));
  expect(running.rooms.size).toBe(30);
});

test('a server that is not there is seen within five seconds, and is tried on', async () => {
  const { room, seen, until } = makeRoom();
  const { port } = running;
  await running.stop();
  const began = performance.now();
  const first = room.reset();
  await until(() => seen.error !== undefined);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(seen.error?.key).toBe('unreachable');
  expect(seen.connections.at(-1)).toBe('connecting');
  running = await open(port);
  room.retry();
  await first;
  expect(seen.connections.at(-1)).toBe('live');
  expect(seen.error).toBeUndefined();
});

test('with no retries, a server that is not there loses the room at the first attempt', async () => {
  const { room, seen } = makeRoom(undefined, { retries: 0 });
  await running.stop();
  await expect(room.connect()).rejects.toMatchObject({ key: 'unreachable' });
  expect(seen.connections).toEqual(['connecting', 'lost']);
});

/** Passes everything on to the server, until it is silent: then nothing comes through, and nobody is told. */
async function silentProxy(port: number) {
  let isSilent = false;
  const sockets: { destroy(): void }[] = [];
  const proxy = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    sockets.push(near, far);
    const old = () => isSilent;
    near.on('data', (bytes) => old() || far.write(bytes));
    far.on('data', (bytes) => old() || near.write(bytes));
    for (const socket of [near, far]) socket.on('error', () => {});
  });
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    port: (proxy.address() as AddressInfo).port,
    silence: (silent: boolean) => (isSilent = silent),
    close() {
      for (const socket of sockets) socket.destroy();
      proxy.close();
    },
  };
}

test.each(['a request', 'a network that is back'])(
  'a connection that died without a word is found by %s, and made anew',
  async (by) => {
    const proxy = await silentProxy(running.port);
    const origin = `http://127.0.0.1:${proxy.port}`;
    const { room, seen, until } = makeRoom(memoryStore(), { origin, patienceMs: 300 });
    await room.reset();
    proxy.silence(true);
    if (by === 'a request') await expect(room.reset()).rejects.toMatchObject({ key: 'timeout' });
    else room.retry();
    await until(() => seen.connections.at(-1) === 'reconnecting');
    proxy.silence(false);
    await until(() => seen.connections.at(-1) === 'live');
    await room.reset();
    expect(seen.rooms).toEqual(['new']);
    proxy.close();
  },
);

test('a server that ends says when to come back: nobody knocks before', async () => {
  const { room, seen, until } = makeRoom();
  await room.connect();
  const { port } = running;
  await running.stop();
  await until(() => seen.connections.at(-1) === 'reconnecting');
  let knocks = 0;
  const door = createServer((socket) => {
    knocks++;
    socket.destroy();
  }).listen(port, '127.0.0.1');
  await once(door, 'listening');
  // Without a word from the server there would be two attempts in this time.
  await new Promise((resolve) => setTimeout(resolve, 1000));
  expect(knocks).toBe(0);
  room.retry();
  await until(() => knocks > 0);
  await new Promise((resolve) => door.close(resolve));
  running = await open(port);
  room.retry();
  await until(() => seen.connections.at(-1) === 'live');
});
