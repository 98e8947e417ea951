import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import type { WatchMessage } from '../../protocol/api.ts';
import type { EngineFactory } from '../../engine/broker.ts';
import { createBroker } from '../../engine/builtin/index.ts';
import { Room } from '../../room/room.ts';
import { serveWatchSocket } from './watch-socket.ts';

const exercise = { devices: [], scene: { retained: [] as object[] }, checks: [] };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A room with so many retained messages of 2 KB, and both ends of a viewer's socket. */
async function watched(messages: number, limits = {}, engine: EngineFactory = createBroker) {
  const retained = Array.from({ length: messages }, (_, n) => ({
    topic: `t/${n}`,
    payload: 'x'.repeat(2_000),
  }));
  const room = new Room({
    engine,
    code: 'test',
    exercise: { ...exercise, scene: { retained } },
    limits,
  });
  const http = createServer().listen(0, '127.0.0.1');
  const server = new WebSocketServer({ server: http });
  await once(http, 'listening');
  const opened = once(server, 'connection') as Promise<[WebSocket, { socket: Socket }]>;
  const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
  const [socket, { socket: raw }] = await opened;
  if (client.readyState !== WebSocket.OPEN) await once(client, 'open');
  await serveWatchSocket(socket, raw, room, { query: new URLSearchParams() });
  ends.push(
    () => http.close(),
    () => room.close('stopping'),
    () => client.terminate(),
  );
  const states: number[] = [];
  client.on('message', (data, isBinary) => {
    const message = isBinary ? null : (JSON.parse(String(data)) as WatchMessage);
    if (message?.type === 'state') states.push(message.id);
    if (message?.type === 'state') client.emit('state');
  });
  return { room, client, socket, raw, states };
}
const ask = (client: WebSocket, count: number) => {
  for (let id = 1; id <= count; id++) client.send(JSON.stringify({ type: 'state', id }));
};

test('a viewer that does not read its answers is given no more of them, and all once it reads', async () => {
  const { room, client, socket, raw, states } = await watched(100);
  const listeners = raw.listenerCount('close');
  client.pause();
  ask(client, 90);
  // Far more than two machines' buffers hold.
  while (!socket.isPaused) await once(socket, 'message');
  const answer = JSON.stringify(room.state).length;
  expect(socket.bufferedAmount).toBeLessThan(room.limits.unsentBytes + 2 * answer);
  client.resume();
  while (states.length < 90) await once(client, 'state');
  expect(states).toEqual(Array.from({ length: 90 }, (_, n) => n + 1));
  expect(socket.isPaused).toBe(false);
  // However often it rested.
  expect(raw.listenerCount('close')).toBe(listeners);
});

test('one that never reads again is let go', async () => {
  const { client, socket } = await watched(100, { responseMs: 50 });
  client.pause();
  ask(client, 90);
  await once(socket, 'close');
  expect(socket.readyState).toBe(WebSocket.CLOSED);
});

test('a state that the broker does not tell is refused by name', async () => {
  const engine = async () => ({ handle() {}, close: async () => {} });
  const { client } = await watched(0, {}, engine);
  const answer = once(client, 'message') as Promise<[Buffer]>;
  ask(client, 1);
  const texts = [String((await answer)[0])];
  while (!texts.at(-1)!.includes('"failed"')) {
    const [data] = (await once(client, 'message')) as [Buffer];
    texts.push(String(data));
  }
  expect(JSON.parse(texts.at(-1)!)).toMatchObject({ id: 1, error: 'no-broker-state' });
});
