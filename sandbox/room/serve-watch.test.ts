/** The watch protocol, the same cases over each transport. */
import { createBroker } from '../engine/builtin/index.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import type { WatchMessage, WatchRequest } from '../protocol/api.ts';
import type { Exercise } from '../protocol/exercise.ts';
import { decodeBatch } from '../protocol/trace-batch.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import { serveWatchSocket } from '../server/listeners/watch-socket.ts';
import { roomClient } from '../testing/room-client.ts';
import { Room } from './room.ts';
import { serveWatchPort } from './watch-port.ts';

/** The page's end of a watch stream. */
class Page {
  readonly entries: TraceEntry[] = [];
  readonly messages: WatchMessage[] = [];
  closed = false;
  send: (frame: string | Uint8Array) => void = () => {};
  close: () => void = () => {};
  #waiting: (() => void)[] = [];

  hear(data: unknown): void {
    if (typeof data === 'string') this.messages.push(JSON.parse(data) as WatchMessage);
    else this.entries.push(...decodeBatch(new Uint8Array(data as ArrayBuffer)));
    this.wake();
  }
  wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
  ended(): Promise<void> {
    return this.until(() => this.closed);
  }
  /** The response to the request. */
  async ask(request: WatchRequest & { id: number }): Promise<WatchMessage> {
    this.send(JSON.stringify(request));
    const find = () => this.messages.find((each) => 'id' in each && each.id === request.id);
    await this.until(() => find() !== undefined);
    return find()!;
  }
}

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

interface Transport {
  name: string;
  open(room: Room, query?: string): Promise<Page>;
}

const overWebSocket: Transport = {
  name: 'a WebSocket',
  async open(room, query = '') {
    const http = createServer().listen(0, '127.0.0.1');
    const server = new WebSocketServer({ server: http });
    server.on('connection', (socket, { socket: raw }: { socket: Socket }) => {
      void serveWatchSocket(socket, raw, room, { query: new URLSearchParams(query) });
    });
    await once(http, 'listening');
    const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    socket.binaryType = 'arraybuffer';
    const page = new Page();
    socket.onmessage = ({ data }) => page.hear(data);
    socket.onclose = () => {
      page.closed = true;
      page.wake();
    };
    page.send = (frame) => socket.send(frame as string);
    page.close = () => socket.close();
    await once(socket as unknown as NodeJS.EventEmitter, 'open');
    ends.push(() => {
      for (const client of server.clients) client.terminate();
      http.close();
    });
    return page;
  },
};

const overPort: Transport = {
  name: 'a MessagePort',
  async open(room, query = '') {
    const { port1, port2 } = new MessageChannel();
    const parts = new URLSearchParams(query);
    serveWatchPort(port1, room, { run: Number(parts.get('run')), n: Number(parts.get('from')) });
    const page = new Page();
    port2.onmessage = ({ data }) => page.hear(data);
    port2.addEventListener('close', () => {
      page.closed = true;
      page.wake();
    });
    page.send = (frame) => port2.postMessage(frame);
    page.close = () => port2.close();
    ends.push(() => port2.close());
    return page;
  },
};

const exercise: Exercise = {
  devices: [],
  scene: { retained: [{ topic: 'kept', payload: 'x' }] },
  checks: [{ id: 'heard', holds: ({ entries }) => entries.some(({ type }) => type === 'device') }],
};

function open(more: Partial<Exercise> = {}): Room {
  const room = new Room({
    engine: createBroker,
    code: 'test',
    exercise: { ...exercise, ...more },
    watchBatchMs: 0,
  });
  ends.push(() => room.close('stopping'));
  return room;
}

describe.each([overWebSocket, overPort])('over $name', ({ open: watch }) => {
  test('a viewer is welcomed, and gets the trace from where it was', async () => {
    const room = open();
    await room.ready();
    await roomClient(room).connect('a');
    const page = await watch(room);
    await page.until(() => page.entries.length === 3);
    expect(page.messages[0]).toEqual({ type: 'welcome', run: 1, missing: 0, mosquitto: '2.0.21' });
    expect(page.entries).toEqual(room.trace.all());
    const back = await watch(room, 'run=1&from=3');
    await back.until(() => back.entries.length > 0);
    expect(back.entries.map(({ n }) => n)).toEqual([3]);
  });

  test('a request that comes before the room is ready waits for it', async () => {
    const page = await watch(open());
    expect(await page.ask({ type: 'state', id: 1 })).toMatchObject({
      state: { clients: [], retained: [{ topic: 'kept', payload: btoa('x') }] },
    });
  });

  test('each request is carried out, and confirmed', async () => {
    const room = open();
    const page = await watch(room);
    await room.ready();
    const phone = roomClient(room, { role: 'device', name: 'phone' }, 5);
    await phone.connect('phone-1');
    const done = { type: 'done', run: 1 };
    const rule = { direction: 'to-client', kind: 'PINGRESP', action: { do: 'drop' } } as const;
    const requests = [
      { type: 'arm', id: 1, rules: [rule], replace: true },
      { type: 'set-conditions', id: 2, conditions: { client: 'phone', latencyMs: 1 } },
      { type: 'set-conditions', id: 3, conditions: { client: 'phone' } },
      { type: 'clear-retained', id: 4, topic: 'kept' },
      { type: 'disconnect', id: 5, clientId: 'phone-1' },
    ] as const;
    for (const request of requests)
      expect(await page.ask(request as never)).toEqual({ ...done, id: request.id });
    expect(await phone.next('disconnect')).toMatchObject({ reasonCode: 0x98 });
    expect(room.state.retained).toEqual([]);
    const other = roomClient(room, { role: 'device', name: 'tablet' });
    await other.connect('tablet-1');
    expect(await page.ask({ type: 'cut', id: 6, client: 'tablet' })).toEqual({ ...done, id: 6 });
    await other.ended();
    const deed = (id: number, name: 'stop' | 'start') =>
      page.ask({ type: 'broker', id, deed: name } as never);
    expect(await deed(8, 'stop')).toEqual({ ...done, id: 8 });
    expect(room.state.process?.state).toBe('stopped');
    for (let id = 9; id < 13; id += 1) {
      expect(await deed(id, 'start')).toEqual({ ...done, id });
      await deed(0, 'stop');
    }
    expect(await deed(13, 'start')).toMatchObject({ type: 'failed', error: 'started-too-often' });
    expect(await page.ask({ type: 'reset', id: 7 })).toEqual({ type: 'done', id: 7, run: 2 });
    expect(page.messages).toContainEqual({ type: 'reset', run: 2, mosquitto: '2.0.21' });
  });

  test('a device report becomes an entry, and a check sees it', async () => {
    const page = await watch(open());
    page.send(JSON.stringify({ type: 'device', device: 'phone', state: 'running' }));
    await page.until(() =>
      page.messages.some((each) => each.type === 'checks' && each.results[0]?.state === 'true'),
    );
    // Entries come in batches of their own.
    await page.until(() => page.entries.length > 0);
    expect(page.entries.at(-1)).toMatchObject({ type: 'device', device: 'phone' });
  });

  test('results name the entry that they were computed from, also when they come again', async () => {
    const room = open();
    const page = await watch(room);
    const resultsOf = ({ messages }: Page) => messages.findLast(({ type }) => type === 'checks');
    await page.until(() => resultsOf(page) !== undefined);
    expect(resultsOf(page)).toMatchObject({ last: 0, results: [{ state: 'not-yet' }] });
    page.send(JSON.stringify({ type: 'device', device: 'phone', state: 'running' }));
    const told = () => page.messages.filter(({ type }) => type === 'checks').length;
    await page.until(() => told() === 2);
    const decisive = room.trace.all().find(({ type }) => type === 'device')!;
    expect(resultsOf(page)).toMatchObject({ last: decisive.n, results: [{ state: 'true' }] });
    // Entries that change no result; whoever comes later gets the result with its own entry.
    page.send(JSON.stringify({ type: 'device', device: 'phone', state: 'ended' }));
    await page.until(() => page.entries.length > decisive.n);
    const late = await watch(room);
    await late.until(() => resultsOf(late) !== undefined);
    expect(resultsOf(late)).toMatchObject({ last: decisive.n, results: [{ state: 'true' }] });
  });

  test('a request that the room cannot serve gets its error', async () => {
    const page = await watch(open());
    const rules = Array.from({ length: 30 }, () => ({
      direction: 'to-client' as const,
      action: { do: 'drop' as const },
    }));
    expect(await page.ask({ type: 'cut', id: 1, client: 'x' })).toMatchObject({
      type: 'failed',
      error: 'no-client',
    });
    expect(await page.ask({ type: 'arm', id: 2, rules })).toMatchObject({
      type: 'failed',
      error: 'too-many-faults',
    });
  });

  test('a reset with files that do not start the broker says why', async () => {
    const page = await watch(open());
    await page.ask({ type: 'reset', id: 1, files: { 'mosquitto.conf': 'nonsense\n' } });
    expect(page.messages.find(({ type }) => type === 'files')).toMatchObject({
      started: false,
      problems: [{ severity: 'error', line: 1 }],
    });
  });

  test.each(['{', '{"type":"reset"}', new Uint8Array([1, 2])])(
    'what is no request ends the stream: %s',
    async (frame) => {
      const room = open();
      await room.ready();
      const page = await watch(room);
      await page.until(() => page.messages.length > 0);
      page.send(frame);
      await page.ended();
      await expect.poll(() => room.busy).toBe(false);
    },
  );

  test('a viewer that leaves is forgotten', async () => {
    const room = open();
    const page = await watch(room);
    await page.until(() => page.messages.length > 0);
    expect(room.busy).toBe(true);
    page.close();
    await expect.poll(() => room.busy).toBe(false);
  });

  test('the end of the room is sent, and ends the stream', async () => {
    const room = open();
    const page = await watch(room);
    await page.until(() => page.messages.length > 0);
    await room.close('expired');
    await page.ended();
    expect(page.messages.at(-1)).toEqual({ type: 'closing', reason: 'expired' });
  });
});
