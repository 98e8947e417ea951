import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start, type RunningServer } from '../../../sandbox/server/main.ts';
import type { CheckResult, Exercise, FileProblem } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { memoryStore } from '../store/drafts.ts';
import type { ConnectionStatus, RoomError, RoomEvent } from './room.ts';
import type { ServerOptions } from './server-connection.ts';
import { ServerRoom } from './server-room.ts';

/** One actor, one check, on the real sandbox over real sockets. */
const exercise: Exercise = {
  devices: ['publisher.ts'],
  scene: { actors: [{ name: 'listener', subscribes: [{ filter: 'hello' }] }] },
  checks: [{ id: 'opened', holds: ({ entries }) => entries.some((entry) => isDevice(entry)) }],
};
const isDevice = (entry: TraceEntry) => entry.type === 'line-opened' && entry.role === 'device';

let running: RunningServer;
let rooms: ServerRoom[] = [];
const open = (port = 0, limits = {}) =>
  start({
    exercises: { get: (name) => Promise.resolve(name === 'a/b' ? exercise : null) },
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

/** A room, with all that it emitted, and promises for what it will emit. */
function makeRoom(store = memoryStore(), name = 'a/b', more: Partial<ServerOptions> = {}) {
  const waiting = new Set<{ holds(): boolean; resolve(): void }>();
  const seen = {
    connections: [] as ConnectionStatus[],
    rooms: [] as string[],
    runs: [] as number[],
    entries: [] as TraceEntry[],
    checks: [] as readonly CheckResult[],
    files: [] as { started: boolean; problems: readonly FileProblem[] }[],
    error: undefined as RoomError | undefined,
    bytes: new Map<number, { device: string; bytes: number }>(),
  };
  const room = new ServerRoom({
    exercise: name,
    origin: `http://127.0.0.1:${running.port}`,
    store,
    ...more,
  });
  const note = (event: RoomEvent): void => {
    if (event.type === 'connection') {
      seen.connections.push(event.status);
      seen.error = event.error;
    }
    if (event.type === 'room') seen.rooms.push(event.how);
    if (event.type === 'reset') {
      seen.runs.push(event.run);
      seen.entries = [];
    }
    if (event.type === 'entries') seen.entries.push(...event.entries);
    if (event.type === 'checks') seen.checks = event.results;
    if (event.type === 'files') seen.files.push(event.status);
    if (event.type === 'line-opened')
      seen.bytes.set(event.line, { device: event.device, bytes: 0 });
    if (event.type === 'line-data') seen.bytes.get(event.line)!.bytes += event.bytes;
  };
  room.subscribe((event) => {
    note(event);
    for (const each of waiting) if (each.holds() && waiting.delete(each)) each.resolve();
  });
  rooms.push(room);
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => (holds() ? resolve() : waiting.add({ holds, resolve })));
  return { room, seen, until };
}
/** A CONNECT of MQTT 3.1.1 with an empty client id and a clean session. */
const CONNECT = Uint8Array.of(0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 0);
const received = (port: MessagePort) =>
  new Promise<Uint8Array | null>((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });

test('a room is made, watched and reset; its trace begins anew with each run', async () => {
  const { room, seen, until } = makeRoom();
  await room.connect();
  expect(seen.rooms).toEqual(['new']);
  expect(seen.connections).toEqual(['connecting', 'live']);
  const first = await room.reset();
  const second = await room.reset();
  expect(second).toBe(first + 1);
  expect(seen.runs.at(-1)).toBe(second);
  await until(() => seen.entries.some((entry) => entry.type === 'packet'));
  expect(seen.entries[0]!.n).toBe(1);
});

test('a line carries bytes both ways, closes after what was sent, and turns the check true', async () => {
  const { room, seen, until } = makeRoom();
  await room.reset();
  await until(() => seen.checks.some(({ state }) => state === 'not-yet'));
  const { port1, port2 } = new MessageChannel();
  const closed = room.openLine('publisher', port1, new AbortController().signal);
  const answer = received(port2);
  // Sent before the socket is open: it must wait, not be lost.
  port2.postMessage(CONNECT);
  expect([...(await answer)!].slice(0, 4)).toEqual([0x20, 2, 0, 0]);
  await until(() => seen.checks.some(({ state }) => state === 'true'));
  expect([...seen.bytes.values()]).toEqual([{ device: 'publisher', bytes: 4 }]);
  port2.postMessage(Uint8Array.of(0xe0, 0));
  port2.postMessage(null);
  await closed;
  const isGoodbye = (entry: TraceEntry) => entry.type === 'packet' && entry.bytes[0] === 0xe0;
  await until(() => seen.entries.some(isGoodbye));
});

test('a line goes to the port of its URL; where nobody listens, the trace says so', async () => {
  const { room, seen, until } = makeRoom();
  await room.reset({ 'mosquitto.conf': 'listener 1884\nallow_anonymous true\n' });
  await until(() => seen.files.length > 0);
  expect(seen.files.at(-1)).toMatchObject({ started: true, problems: [] });
  const open = (port: number) => {
    const { port1, port2 } = new MessageChannel();
    const { signal } = new AbortController();
    const closed = room.openLine('lamp', port1, signal, { port, protocol: 'mqtt' });
    const answer = received(port2);
    port2.postMessage(CONNECT);
    return { answer, closed, port: port2 };
  };
  const refused = open(1883);
  expect(await refused.answer).toBeNull();
  await refused.closed;
  await until(() => seen.entries.some(({ type }) => type === 'line-refused'));
  const entry = seen.entries.find(({ type }) => type === 'line-refused');
  expect(entry).toMatchObject({ name: 'lamp', port: 1883, refusal: 'no-listener' });
  const taken = open(1884);
  expect([...(await taken.answer)!]).toEqual([0x20, 2, 0, 0]);
  taken.port.postMessage(null);
  await taken.closed;
});

test('a broker that does not start says why, at which line', async () => {
  const { room, seen, until } = makeRoom();
  await room.reset({ 'mosquitto.conf': 'listener 1883\nalow_anonymous true\n' });
  await until(() => seen.files.length > 0);
  expect(seen.files.at(-1)).toMatchObject({
    started: false,
    problems: [{ line: 2, severity: 'error' }],
  });
});

test('an aborted line is cut, and its port hears the end', async () => {
  const { room } = makeRoom();
  await room.reset();
  const { port1, port2 } = new MessageChannel();
  const abort = new AbortController();
  const closed = room.openLine('publisher', port1, abort.signal);
  const answer = received(port2);
  port2.postMessage(CONNECT);
  await answer;
  const end = received(port2);
  abort.abort();
  expect(await end).toBeNull();
  await closed;
});

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
  const { room, seen } = makeRoom(undefined, 'a/b', { retries: 0 });
  await running.stop();
  await expect(room.connect()).rejects.toMatchObject({ key: 'unreachable' });
  expect(seen.connections).toEqual(['connecting', 'lost']);
});

test('an exercise that nobody knows is lost at once, with its reason; the next try asks again', async () => {
  const { room, seen } = makeRoom(undefined, 'no/such');
  await expect(room.connect()).rejects.toMatchObject({ key: 'unknown-exercise' });
  expect(seen.connections.at(-1)).toBe('lost');
  expect(seen.error?.key).toBe('unknown-exercise');
  await expect(room.reset()).rejects.toMatchObject({ key: 'unknown-exercise' });
});

test('a request that the room refuses says why', async () => {
  const { room } = makeRoom();
  await room.reset();
  await expect(room.cut('nobody')).rejects.toMatchObject({
    key: 'no-client',
  });
});
