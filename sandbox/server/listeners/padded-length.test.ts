/**
 * A Remaining Length that is padded with zeros. 3.1.1 (section 2.2.3) asks for at most four bytes, and for no
 * shortest form; 5.0 [MQTT-1.5.5-1] demands the shortest form.
 */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import mqttPacket from 'mqtt-packet';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { Arena } from '../../testing/limit-cases/arena.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await Arena.open({});
});
afterAll(() => arena.close());
const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

const connectPacket = (protocolVersion: number): Buffer =>
  mqttPacket.generate({
    ...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion, clean: true, keepalive: 0 },
    ...{ clientId: 'pads', username: arena.address },
  } as mqttPacket.IConnectPacket);
const publishPacket = (protocolVersion: number): Buffer =>
  mqttPacket.generate(
    { cmd: 'publish', topic: 'a/b', payload: 'x', qos: 1, messageId: 7, retain: false, dup: false },
    { protocolVersion },
  );
const ping = Buffer.from([0xc0, 0]);

/** The packet with a Remaining Length of `bytes` bytes; it has one byte of it before. */
function padded(packet: Buffer, bytes: number): Buffer {
  const length = Buffer.alloc(bytes, 0x80);
  length[0]! |= packet[1]!;
  length[bytes - 1]! &= 0x7f;
  return Buffer.concat([packet.subarray(0, 1), length, packet.subarray(2)]);
}

/** The types of the packets that respond to these, and whether the server closed after them. */
async function responsesTo(version: number, ...packets: Buffer[]): Promise<(number | 'closed')[]> {
  const socket = connect({ port: arena.running.mqttPort, host: '127.0.0.1' });
  sockets.push(socket);
  const seen: (number | 'closed')[] = [];
  const parser = mqttPacket.parser({ protocolVersion: version });
  const types = { connack: 2, puback: 4, pingresp: 13, disconnect: 14 } as Record<string, number>;
  parser.on('packet', ({ cmd }) => seen.push(types[cmd] ?? NaN));
  socket.on('data', (bytes: Buffer) => parser.parse(bytes));
  socket.on('close', () => seen.push('closed'));
  await once(socket, 'connect');
  for (const packet of packets) {
    const before = seen.length;
    socket.write(packet);
    await expect.poll(() => seen.length, { timeout: 10_000 }).toBeGreaterThan(before);
    if (seen.at(-1) === 14)
      await expect.poll(() => seen.at(-1), { timeout: 10_000 }).toBe('closed');
    if (seen.at(-1) === 'closed') break;
  }
  return seen;
}

test.each([1, 2, 3, 4])('3.1.1: %i bytes are taken in every packet', async (bytes) => {
  const packets = [connectPacket(4), publishPacket(4), ping].map((each) => padded(each, bytes));
  expect(packets[0]).toHaveLength(connectPacket(4).length + bytes - 1);
  expect(await responsesTo(4, ...packets)).toEqual([2, 4, 13]);
});

test('3.1.1: five bytes end the connection', async () => {
  expect(await responsesTo(4, padded(connectPacket(4), 5))).toEqual(['closed']);
  expect(await responsesTo(4, connectPacket(4), padded(ping, 5))).toEqual([2, 'closed']);
  expect(await responsesTo(4, connectPacket(4), padded(publishPacket(4), 5))).toEqual([2, 'closed']); // prettier-ignore
});

test('5.0: the shortest form is taken', async () => {
  expect(await responsesTo(5, connectPacket(5), publishPacket(5), ping)).toEqual([2, 4, 13]);
});

test.each([2, 3, 4, 5])('5.0: %i bytes where one is enough are refused', async (bytes) => {
  expect(await responsesTo(5, connectPacket(5), padded(ping, bytes))).toEqual([2, 14, 'closed']);
  const publish = padded(publishPacket(5), bytes);
  expect(await responsesTo(5, connectPacket(5), publish)).toEqual([2, 14, 'closed']);
  const first = await responsesTo(5, padded(connectPacket(5), bytes));
  expect(first.at(-1)).toBe('closed');
});
