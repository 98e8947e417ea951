import { connectAsync } from 'mqtt';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start, type Running } from '../../../sandbox/server/main.ts';
import type { CheckResult, Exercise, FileProblem } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { guardedStore } from '../store/drafts.ts';
import type { RoomError } from './api.ts';
import { RoomClient } from './server-room.ts';
import type { Connection } from './room.ts';

/** One actor, one check, on the real sandbox over real sockets. */
const exercise: Exercise = {
  devices: ['publisher.ts'],
  scene: { actors: [{ name: 'listener', subscribes: [{ filter: 'hello' }] }] },
  checks: [{ id: 'opened', holds: ({ entries }) => entries.some((entry) => isDevice(entry)) }],
};
const isDevice = (entry: TraceEntry) => entry.type === 'line-opened' && entry.role === 'device';

let running: Running;
let clients: RoomClient[] = [];
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
  for (const client of clients) client.close();
  clients = [];
  await running.stop();
});

/** A client, with all it told, and promises for what it will tell. */
function makeClient(store = guardedStore(() => localStorageOfNone()), name = 'a/b') {
  const waiting = new Set<{ holds(): boolean; resolve(): void }>();
  const told = {
    connections: [] as Connection[],
    rooms: [] as string[],
    runs: [] as number[],
    entries: [] as TraceEntry[],
    checks: [] as readonly CheckResult[],
    files: [] as { started: boolean; problems: readonly FileProblem[] }[],
    error: undefined as RoomError | undefined,
  };
  const tell = (change: () => void) => {
    change();
    for (const each of waiting) if (each.holds() && waiting.delete(each)) each.resolve();
  };
  const client = new RoomClient({
    exercise: name,
    origin: `http://127.0.0.1:${running.port}`,
    store,
    onConnection: (connection, error) =>
      tell(() => {
        told.connections.push(connection);
        told.error = error;
      }),
    onRoom: (_, how) => tell(() => told.rooms.push(how)),
    onReset: (run) =>
      tell(() => {
        told.runs.push(run);
        told.entries = [];
      }),
    onEntries: (entries) => tell(() => told.entries.push(...entries)),
    onMissing: () => {},
    onChecks: (checks) => tell(() => (told.checks = checks)),
    onFiles: (files) => tell(() => told.files.push(files)),
  });
  clients.push(client);
  const until = (holds: () => boolean) =>
    new Promise<void>((resolve) => (holds() ? resolve() : waiting.add({ holds, resolve })));
  return { client, told, until };
}
function localStorageOfNone(): never {
  throw new DOMException('denied', 'SecurityError');
}
/** A CONNECT of MQTT 3.1.1 with an empty client id and a clean session. */
const CONNECT = Uint8Array.of(0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 0);
const received = (port: MessagePort) =>
  new Promise<Uint8Array | null>((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });

test('a room is made, watched and reset; its trace begins anew with each run', async () => {
  const { client, told, until } = makeClient();
  await client.connect();
  expect(told.rooms).toEqual(['new']);
  expect(told.connections).toEqual(['connecting', 'live']);
  const first = await client.reset();
  const second = await client.reset();
  expect(second).toBe(first + 1);
  expect(told.runs.at(-1)).toBe(second);
  await until(() => told.entries.some((entry) => entry.type === 'packet'));
  expect(told.entries[0]!.n).toBe(1);
});

test('a line carries bytes both ways, closes after what was sent, and turns the check true', async () => {
  const { client, told, until } = makeClient();
  await client.reset();
  await until(() => told.checks.some(({ state }) => state === 'not-yet'));
  const { port1, port2 } = new MessageChannel();
  const closed = client.openLine('publisher', port1, new AbortController().signal);
  const answer = received(port2);
  // Sent before the socket is open: it must wait, not be lost.
  port2.postMessage(CONNECT);
  expect([...(await answer)!].slice(0, 4)).toEqual([0x20, 2, 0, 0]);
  await until(() => told.checks.some(({ state }) => state === 'true'));
  port2.postMessage(Uint8Array.of(0xe0, 0));
  port2.postMessage(null);
  await closed;
  const isGoodbye = (entry: TraceEntry) => entry.type === 'packet' && entry.bytes[0] === 0xe0;
  await until(() => told.entries.some(isGoodbye));
});

test('a line goes to the port of its URL; where nobody listens, the trace says so', async () => {
  const { client, told, until } = makeClient();
  await client.reset({ 'mosquitto.conf': 'listener 1884\nallow_anonymous true\n' });
  await until(() => told.files.length > 0);
  expect(told.files.at(-1)).toMatchObject({ started: true, problems: [] });
  const open = (port: number) => {
    const { port1, port2 } = new MessageChannel();
    const { signal } = new AbortController();
    const closed = client.openLine('lamp', port1, signal, { port, protocol: 'mqtt' });
    const answer = received(port2);
    port2.postMessage(CONNECT);
    return { answer, closed, port: port2 };
  };
  const refused = open(1883);
  expect(await refused.answer).toBeNull();
  await refused.closed;
  await until(() => told.entries.some(({ type }) => type === 'line-refused'));
  const entry = told.entries.find(({ type }) => type === 'line-refused');
  expect(entry).toMatchObject({ name: 'lamp', port: 1883, refusal: 'no-listener' });
  const taken = open(1884);
  expect([...(await taken.answer)!]).toEqual([0x20, 2, 0, 0]);
  taken.port.postMessage(null);
  await taken.closed;
});

test('a broker that does not start says why, at which line', async () => {
  const { client, told, until } = makeClient();
  await client.reset({ 'mosquitto.conf': 'listener 1883\nalow_anonymous true\n' });
  await until(() => told.files.length > 0);
  expect(told.files.at(-1)).toMatchObject({
    started: false,
    problems: [{ line: 2, severity: 'error' }],
  });
});

test('an aborted line is cut, and its port hears the end', async () => {
  const { client } = makeClient();
  await client.reset();
  const { port1, port2 } = new MessageChannel();
  const abort = new AbortController();
  const closed = client.openLine('publisher', port1, abort.signal);
  const answer = received(port2);
  port2.postMessage(CONNECT);
  await answer;
  const end = received(port2);
  abort.abort();
  expect(await end).toBeNull();
  await closed;
});

test('what outside clients do over TCP is in the trace', async () => {
  const { client, told, until } = makeClient();
  await client.reset();
  const username = client.room!.address;
  const outside = await connectAsync(`mqtt://127.0.0.1:${client.room!.tcpPort}`, { username });
  await outside.publishAsync('hello', 'from a shell');
  await outside.endAsync();
  await until(() => told.entries.some((e) => e.type === 'packet' && e.bytes[0]! >> 4 === 3));
  expect(told.entries.some((e) => e.type === 'line-opened' && e.role === 'outside')).toBe(true);
});

test('a reload finds its room again, with the trace of before', async () => {
  const store = guardedStore(() => localStorageOfNone());
  const before = makeClient(store);
  const run = await before.client.reset();
  await before.until(() => before.told.entries.length >= 4);
  before.client.close();
  const after = makeClient(store);
  expect(after.client.hasKeptRoom).toBe(true);
  await after.client.connect();
  await after.until(() => after.told.entries.length >= 4);
  expect(after.told.rooms).toEqual(['kept']);
  expect(after.told.runs).toEqual([run]);
  expect(after.client.room!.address).toBe(before.client.room!.address);
});

test('a server that went away and came back without its rooms: a new room, and it is said', async () => {
  const { client, told, until } = makeClient();
  await client.reset();
  const { port } = running;
  const address = client.room!.address;
  await running.stop();
  await until(() => told.connections.at(-1) === 'reconnecting');
  running = await open(port);
  client.retry();
  await until(() => told.connections.at(-1) === 'live');
  expect(told.rooms).toEqual(['new', 'replaced']);
  expect(client.room!.address).not.toBe(address);
  await client.reset();
});

test('a whole class behind one address finds new rooms, although its wrong addresses are too many', async () => {
  const pages = Array.from({ length: 30 }, () => makeClient());
  await Promise.all(pages.map(({ client }) => client.connect()));
  const { port } = running;
  await running.stop();
  const away = ({ told }: (typeof pages)[0]) => told.connections.at(-1) === 'reconnecting';
  await Promise.all(pages.map((page) => page.until(() => away(page))));
  running = await open(port, { wrongKeys: 5, wrongKeysMs: 600_000 });
  for (const { client } of pages) client.retry();
  const back = ({ told }: (typeof pages)[0]) => ['live', 'lost'].includes(told.connections.at(-1)!);
  await Promise.all(pages.map((page) => page.until(() => back(page))));
  expect(pages.map(({ told }) => told.connections.at(-1))).toEqual(pages.map(() => 'live'));
  expect(running.rooms.size).toBe(30);
});

test('a server that is not there is told within five seconds, and is tried on', async () => {
  const { client, told, until } = makeClient();
  const { port } = running;
  await running.stop();
  const began = performance.now();
  const first = client.reset();
  await until(() => told.error !== undefined);
  expect(performance.now() - began).toBeLessThan(5_000);
  expect(told.error?.key).toBe('unreachable');
  expect(told.connections.at(-1)).toBe('connecting');
  running = await open(port);
  client.retry();
  await first;
  expect(told.connections.at(-1)).toBe('live');
  expect(told.error).toBeUndefined();
});

test('an exercise that nobody knows is lost at once, with its reason; the next try asks again', async () => {
  const { client, told } = makeClient(undefined, 'no/such');
  await expect(client.connect()).rejects.toMatchObject({ key: 'unknown-exercise' });
  expect(told.connections.at(-1)).toBe('lost');
  expect(told.error?.key).toBe('unknown-exercise');
  await expect(client.reset()).rejects.toMatchObject({ key: 'unknown-exercise' });
});

test('a request that the room refuses says why', async () => {
  const { client } = makeClient();
  await client.reset();
  await expect(client.ask({ type: 'cut', client: 'nobody' })).rejects.toMatchObject({
    key: 'no-client',
  });
});
