/** A WebSocket is made in its turn; what waits for one is a plain connection. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createBroker } from '../../engine/builtin/index.ts';
import { Rooms } from '../../rooms/rooms.ts';
import { listenHttp } from '../http.ts';
import { listenWebSocket } from '../listeners/ws.ts';
import { makeListenerContext } from '../listener-context.ts';

const sockets: Socket[] = [];
let http: Awaited<ReturnType<typeof listenHttp>>;
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await http.close();
});

const head = [
  'GET /mqtt/nowhere HTTP/1.1',
  'Host: localhost',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: MDEyMzQ1Njc4OWFiY2RlZg==',
  'Sec-WebSocket-Protocol: mqtt',
  '\r\n',
].join('\r\n');

test('an upgrade counts as an HTTP connection until its turn, and is made only then', async () => {
  const limits = { httpPerAddress: 3, connectMs: 60_000 };
  const rooms = new Rooms({ get: () => Promise.resolve(null) }, { engine: createBroker, limits });
  const context = makeListenerContext(rooms);
  let open!: () => void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  let waits!: () => void;
  const turnsOf = context.fair.turnsOf.bind(context.fair);
  context.fair.turnsOf = (remote, room) => {
    const turns = turnsOf(remote, room);
    if (room !== '') return turns;
    const pay = (us: number): Promise<void> => (waits(), gate.then(() => turns.pay(us)));
    return Object.create(turns, { pay: { value: pay } }) as typeof turns;
  };
  http = await listenHttp(context, [], listenWebSocket(context), { port: 0, host: '127.0.0.1' });

  const ask = async (): Promise<Socket> => {
    const isWaiting = new Promise<void>((resolve) => (waits = resolve));
    const socket = connect(http.port, '127.0.0.1');
    socket.on('error', () => {});
    sockets.push(socket);
    socket.write(head);
    await isWaiting;
    return socket;
  };
  const first = await ask();
  const second = await ask();
  const others = [await ask()];
  // A newer connection replaces the oldest of those that wait.
  for (const oldest of [first, second]) {
    oldest.resume();
    const closed = once(oldest, 'close');
    others.push(await ask());
    await closed;
  }
  const answers = Promise.all(others.map((socket) => once(socket, 'data')));
  open();
  for (const [answer] of (await answers) as [Buffer][])
    expect(String(answer)).toMatch(/^HTTP\/1\.1 101 /);
  expect([first, second].map(({ bytesRead }) => bytesRead)).toEqual([0, 0]);
  // As WebSockets they make place for as many plain connections.
  for (let n = 0; n < 3; n++) {
    const plain = connect(http.port, '127.0.0.1');
    sockets.push(plain);
    plain.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(plain, 'data');
  }
  expect(others.map(({ destroyed, readableEnded }) => destroyed || readableEnded)).toEqual([
    false,
    false,
    false,
  ]);
});
