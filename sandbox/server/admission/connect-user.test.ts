import mqttPacket, { type IConnectPacket } from 'mqtt-packet';
import { describe, expect, test } from 'vitest';
import { withUserName } from './connect-user.ts';

const connect: IConnectPacket = {
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  clientId: '恆溫器',
  keepalive: 60,
  username: 'brave-otter-x7k2m9q4wd:alice',
  password: Buffer.from('secret'),
};
const will = { topic: 'a/b', payload: Buffer.from('gone'), qos: 1 as const, retain: true };
const variants: [string, IConnectPacket][] = [
  ['3.1.1', connect],
  ['3.1', { ...connect, protocolId: 'MQIsdp', protocolVersion: 3 }],
  ['5.0', { ...connect, protocolVersion: 5, properties: { sessionExpiryInterval: 10 } }],
  ['3.1.1 with a will', { ...connect, will }],
  [
    '5.0 with a will and properties',
    {
      ...connect,
      protocolVersion: 5,
      properties: { userProperties: { a: 'x'.repeat(200) } },
      will: { ...will, properties: { contentType: 'text' } },
    },
  ],
];

const read = (frame: Uint8Array): IConnectPacket => {
  let packet: IConnectPacket | undefined;
  const parser = mqttPacket.parser();
  parser.on('packet', (found) => (packet = found as IConnectPacket));
  parser.parse(Buffer.from(frame));
  return packet!;
};

describe.each(variants)('%s', (_, packet) => {
  const frame = mqttPacket.generate(packet);
  const version = packet.protocolVersion as 3 | 4 | 5;
  const before = read(frame);

  test('another user name, and everything else as it was', () => {
    const after = read(withUserName(frame, version, 'alice'));
    expect(after).toEqual({ ...before, username: 'alice', length: after.length });
  });

  test('none at all, and then no password either [MQTT-3.1.2-22]', () => {
    const after = read(withUserName(frame, version, undefined));
    const { username: _u, password: _p, ...rest } = before;
    const { username, password, ...others } = after;
    expect(username ?? null).toBeNull();
    expect(password ?? null).toBeNull();
    expect(others).toEqual({ ...rest, length: after.length });
  });
});
