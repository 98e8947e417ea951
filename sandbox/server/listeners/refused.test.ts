/** Who was refused holds nothing: no place, and soon no socket either. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'readable-stream';
import { afterEach, expect, test } from 'vitest';
import { Arena } from '../../testing/limit-cases/arena.ts';
import { MqttClient } from '../../testing/mqtt-client.ts';

let arena: Arena;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await arena.close();
});

/** A connection whose half stays open when the server ends its own. */
function stubborn(port: number): Socket {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
  socket.on('error', () => {});
  sockets.push(socket);
  return socket;
}

/** Resolves once the server has closed the connection both ways: what is written comes back as RST. */
async function cutOff(socket: Socket): Promise<void> {
  if (!socket.readableEnded) await once(socket, 'end');
  const writing = setInterval(() => socket.write(Buffer.of(0xc0, 0)), 50);
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(writing);
}

test('a client that was refused and stays on is cut off', async () => {
  arena = await Arena.open({ linesPerRoom: 1 });
  await arena.joined('a');
  const { mqttPort, port } = arena.running;
  const full = stubborn(mqttPort);
  const client = new MqttClient(full as unknown as Duplex);
  expect(await client.connect('b', { username: arena.address })).toMatchObject({ returnCode: 3 });
  const nowhere = stubborn(mqttPort);
  const lost = new MqttClient(nowhere as unknown as Duplex);
  expect(await lost.connect('c', { username: 'nobody' })).toMatchObject({ returnCode: 5 });
  const upgrade = stubborn(port);
  upgrade.write('GET /watch/nope HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'); // prettier-ignore
  const [answer] = (await once(upgrade, 'data')) as [Buffer];
  expect(String(answer)).toMatch(/^HTTP\/1\.1 404 /);
  await Promise.all([full, nowhere, upgrade].map(cutOff));
});

test('a WebSocket whose client never answers the close is cut off', async () => {
  arena = await Arena.open({ linesPerRoom: 1 });
  await arena.joined('a');
  const socket = stubborn(arena.running.port);
  socket.write(
    `GET /mqtt/${arena.address} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: mqtt\r\n' +
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
  );
  await once(socket, 'data');
  // A masked binary frame with something that is no CONNECT.
  socket.write(Buffer.from([0x82, 0x82, 0, 0, 0, 0, 0xc0, 0]));
  socket.resume();
  await cutOff(socket);
});

test('lines that were refused take no place from others, although their clients stay', async () => {
  arena = await Arena.open({ linesPerRoom: 2, lines: 4 });
  await Promise.all([arena.joined('a'), arena.joined('b')]);
  const refused = Array.from({ length: 10 }, async () => {
    const client = new MqttClient(stubborn(arena.running.mqttPort) as unknown as Duplex);
    return client.connect('c', { username: arena.address });
  });
  for (const each of refused) expect(await each).toMatchObject({ returnCode: 3 });
  const { address, room } = await arena.running.rooms.create('test/neighbour');
  await room.ready();
  for (const client of [arena.tcp(), await arena.web(4, address)])
    expect(await client.connect('n', { username: address })).toMatchObject({ returnCode: 0 });
});
