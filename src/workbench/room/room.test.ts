/** The same cases for a room on the server and for one in a worker of the page. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { start, type RunningServer } from '../../../sandbox/server/main.ts';
import { serveRoomWorker, type RoomWorkerScope } from '../../../sandbox/worker/serve-room.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { memoryStore } from '../store/drafts.ts';
import type { Room } from './room.ts';
import { ServerRoom } from './server-room.ts';
import { exerciseNamed, recordRoom } from './testing/room-recorder.ts';
import { type RoomWorker, WorkerRoom } from './worker-room.ts';

/** The worker's code on this thread: its channels are real. */
function createWorker(): RoomWorker {
  const { port1, port2 } = new MessageChannel();
  const scope: RoomWorkerScope = {
    onmessage: null,
    postMessage: (message) => port2.postMessage(message),
  };
  serveRoomWorker(scope, exerciseNamed);
  port2.onmessage = (event) => scope.onmessage?.(event);
  return Object.assign(port1 as unknown as RoomWorker, {
    onerror: null,
    terminate: () => port1.close(),
  });
}

interface Place {
  name: string;
  open(): Promise<void>;
  create(exercise: string): Room;
  close(): Promise<void>;
}
let running: RunningServer;
const onServer: Place = {
  name: 'on the server',
  open: async () =>
    void (running = await start({
      exercises: { get: exerciseNamed },
      site: import.meta.dirname,
      host: '127.0.0.1',
      port: 0,
      mqttPort: 0,
    })),
  create: (exercise) =>
    new ServerRoom({ exercise, origin: `http://127.0.0.1:${running.port}`, store: memoryStore() }),
  close: () => running.stop(),
};
const inWorker: Place = {
  name: 'in a worker',
  open: async () => {},
  create: (exercise) => new WorkerRoom({ exercise, createWorker }),
  close: async () => {},
};

/** A CONNECT of MQTT 3.1.1 with an empty client id and a clean session. */
const CONNECT = Uint8Array.of(0x10, 12, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 2, 0, 60, 0, 0);
const received = (port: MessagePort) =>
  new Promise<Uint8Array | null>((resolve) => {
    port.onmessage = ({ data }) => resolve(data);
  });

const isOpened = (entry: TraceEntry) => entry.type === 'line-opened' && entry.role === 'device';

describe.each([onServer, inWorker])('$name', (place) => {
  let rooms: Room[] = [];
  beforeEach(() => place.open());
  afterEach(async () => {
    for (const room of rooms) room.dispose();
    rooms = [];
    await place.close();
  });
  function makeRoom(exercise = 'a/b') {
    const room = place.create(exercise);
    rooms.push(room);
    return recordRoom(room);
  }

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
    // Not before the entry of which the check asks, whichever of the two came first.
    await until(() => seen.entries.some(({ n }) => n === seen.checkedUntil));
    const known = seen.entries.filter(({ n }) => n <= seen.checkedUntil);
    expect(known.some(isOpened)).toBe(true);
    expect([...seen.bytes.values()]).toEqual([{ device: 'publisher', bytes: 4 }]);
    port2.postMessage(Uint8Array.of(0xe0, 0));
    port2.postMessage(null);
    await closed;
    const isGoodbye = (entry: TraceEntry) => entry.type === 'packet' && entry.bytes[0] === 0xe0;
    await until(() => seen.entries.some(isGoodbye));
  });

  test('a line goes to the port of its URL; without a listener there, the trace has an entry', async () => {
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

  test('an aborted line is cut, and its port receives the end', async () => {
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

  test('an unknown exercise is lost at once, with its reason; the next try asks again', async () => {
    const { room, seen } = makeRoom('no/such');
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
});
