/** A client that closes its side of the TCP connection: the server closes the other, whatever came before. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import mqttPacket from 'mqtt-packet';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Arena } from '../../testing/limit-cases/arena.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({});
});
afterAll(() => arena.close());

const connectPacket = (username?: string): Buffer =>
  mqttPacket.generate({
    ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, keepalive: 0 },
    clientId: 'leaves',
    ...(username !== undefined && { username }),
  });

/** Resolves with the bytes that came until the server closed its side, too. */
async function leave(before: (socket: Socket) => unknown): Promise<number> {
  const socket = connect({ port: arena.running.mqttPort, host: '127.0.0.1', allowHalfOpen: true });
  await once(socket, 'connect');
  let bytes = 0;
  socket.on('data', ({ length }: Buffer) => (bytes += length));
  await before(socket);
  socket.end();
  await once(socket, 'end');
  return bytes;
}

test('before it has said anything', async () => {
  expect(await leave(() => {})).toBe(0);
});

test('in the middle of its CONNECT', async () => {
  expect(await leave((socket) => socket.write(connectPacket(arena.address).subarray(0, 9)))).toBe(
    0,
  );
});

test('right behind its CONNECT', async () => {
  expect(await leave((socket) => socket.write(connectPacket(arena.address)))).toBe(4);
});

test('behind a CONNECT with the address of no room', async () => {
  expect(await leave((socket) => socket.write(connectPacket('a1b2c3d4e5')))).toBe(4);
});

test('with bytes that are no MQTT', async () => {
  expect(await leave((socket) => socket.write('GET / HTTP/1.1\r\n\r\n'))).toBe(0);
});

test('while it is connected', async () => {
  const bytes = await leave(async (socket) => {
    socket.write(connectPacket(arena.address));
    await once(socket, 'data');
  });
  expect(bytes).toBe(4);
});
