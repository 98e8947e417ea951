import { expect, test } from 'vitest';
import { parsePacket } from '../../../sandbox/mqtt/packet.ts';
import { accepted, connect, disconnect, publish } from './packets.ts';

test('the gate of the sandbox reads them as what they are', () => {
  expect(parsePacket(connect('home'), 4, 'to-broker')).toMatchObject({
    kind: 'CONNECT',
    clientId: 'home',
    clean: true,
    keepAlive: 60,
  });
  for (const payload of ['', 'Hi', '大家好！', 'x'.repeat(200), 'é'.repeat(9000)]) {
    const read = parsePacket(publish('hello/mqtt', payload), 4, 'to-broker');
    expect(read).toMatchObject({ kind: 'PUBLISH', topic: 'hello/mqtt', qos: 0, retain: false });
    expect(new TextDecoder().decode((read as { payload: Uint8Array }).payload)).toBe(payload);
  }
  expect(parsePacket(disconnect(), 4, 'to-broker')).toMatchObject({ kind: 'DISCONNECT' });
});

test.each([
  [[0x20, 2, 0, 0], true],
  [[0x20, 2, 0, 5], false],
  [[0x20, 2], false],
  [[0x30, 2, 0, 0], false],
])('%j: accepted is %s', (bytes, is) => {
  expect(accepted(new Uint8Array(bytes))).toBe(is);
});
