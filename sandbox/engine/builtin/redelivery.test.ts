/**
 * The redelivery lessons (quality of service, sessions, presence), reproduced packet by packet:
 * real clients, a real broker, and faults on the line between them. MQTT redelivers when a client
 * reconnects, never on a timer ([MQTT-4.4.0-1]), so every fault here also cuts the line.
 */
import { once } from 'node:events';
import type { IClientOptions, MqttClient } from 'mqtt';
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultRule } from '../../protocol/faults.ts';
import type { Direction, PacketKind, QoS } from '../../protocol/mqtt.ts';
import type { Room } from '../../room/room.ts';
import { deviceClient } from '../../testing/device-client.ts';
import { entriesOf, packetsSeen, untilSeen, type TracedPacket } from '../../testing/seen.ts';
import { transports, type TestServer } from '../../testing/transports.ts';
import { roomClient } from '../../testing/room-client.ts';

let server: TestServer | undefined;
const clients: MqttClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.endAsync(true)));
  await server?.close();
  server = undefined;
});

async function roomWith(...faults: FaultRule[]): Promise<Room> {
  server = await transports[0]!.start({ watchBatchMs: 0 });
  return (await server.open({ scene: { faults } })).room;
}

function device(room: Room, name: string, options: IClientOptions = {}): MqttClient {
  const client = deviceClient(room, name, options);
  clients.push(client);
  return client;
}

/** A session that outlives its connection, in the words of each version. */
const session = (version: 4 | 5): IClientOptions => ({
  clean: false,
  protocolVersion: version,
  ...(version === 5 ? { properties: { sessionExpiryInterval: 600 } } : {}),
});

const dropAndCut = (client: string, direction: Direction, kind: PacketKind): FaultRule => ({
  client,
  direction,
  kind,
  action: { do: 'drop-and-cut' },
});

/** Lines of a device in the order in which they opened. */
const linesOf = (room: Room, name: string): number[] =>
  entriesOf(room, 'line-opened')
    .filter((entry) => entry.name === name)
    .map(({ line }) => line);
const seen = (
  room: Room,
  lines: number[],
  direction: Direction,
  kind: PacketKind,
): TracedPacket[] =>
  packetsSeen(room).filter(
    (entry) =>
      lines.includes(entry.line) && entry.direction === direction && entry.packet.kind === kind,
  );
function flags({ packet }: TracedPacket): { dup: boolean; packetId: number | undefined } {
  if (packet.kind !== 'PUBLISH') throw new Error(`${packet.kind} has no such flags`);
  return { dup: packet.dup, packetId: packet.packetId };
}

/** The one fault entry stands right behind the packet it struck, and names it. */
function expectStruck(room: Room, rule: FaultRule): void {
  const faults = entriesOf(room, 'fault');
  expect(faults).toHaveLength(1);
  const [fault] = faults;
  expect(fault!.n).toBe(fault!.packet! + 1);
  const struck = packetsSeen(room).find(({ n }) => n === fault!.packet);
  expect(struck).toMatchObject({
    fate: 'dropped',
    line: fault!.line,
    direction: rule.direction,
    packet: { kind: rule.kind },
  });
  expect(entriesOf(room, 'line-closed').find(({ line }) => line === fault!.line)?.by).toBe('fault');
}

/** A subscriber whose line nothing happens to; it counts what the broker delivers. */
async function witness(room: Room, filter: string, qos: QoS) {
  const client = roomClient(room, { role: 'actor', name: 'witness' });
  await client.connect('witness');
  await client.subscribe(filter, qos);
  return client;
}

describe.each([4, 5] as const)('MQTT %i, client to broker', (version) => {
  test('QoS 1: PUBACK dropped and line cut: the same message again, with DUP', async () => {
    const fault = dropAndCut('sensor', 'to-client', 'PUBACK');
    const room = await roomWith(fault);
    const phone = await witness(room, 'reading', 0);
    const sensor = device(room, 'sensor', session(version));
    await sensor.publishAsync('reading', '21', { qos: 1 });
    expectStruck(room, fault);
    const sent = seen(room, linesOf(room, 'sensor'), 'to-broker', 'PUBLISH').map(flags);
    expect(sent).toEqual([
      { dup: false, packetId: expect.any(Number) },
      { dup: true, packetId: sent[0]!.packetId }, // [MQTT-3.3.1-1]
    ]);
    await phone.ping();
    const delivered = phone.got.filter(({ cmd }) => cmd === 'publish');
    expect(delivered.map(({ payload, dup }) => [String(payload), dup])).toEqual([
      ['21', false],
      ['21', false], // [MQTT-3.3.1-3]: DUP of what comes in is not passed on
    ]);
  });

  test.each([
    ['to-broker', 'PUBLISH', ['PUBLISH', 'PUBREL']],
    ['to-client', 'PUBREC', ['PUBLISH', 'PUBREL']],
    ['to-broker', 'PUBREL', ['PUBREL']],
    ['to-client', 'PUBCOMP', ['PUBREL']],
  ] as const)(
    'QoS 2: %s %s dropped and line cut: delivered once',
    async (direction, kind, again) => {
      const fault = dropAndCut('sensor', direction, kind);
      const room = await roomWith(fault);
      const phone = await witness(room, 'reading', 0);
      const sensor = device(room, 'sensor', session(version));
      await sensor.publishAsync('reading', '21', { qos: 2 });
      expectStruck(room, fault);
      await phone.ping();
      expect(phone.texts()).toEqual(['21']); // [MQTT-4.3.3-2]
      const [first, second] = linesOf(room, 'sensor');
      const published = (line: number) => seen(room, [line], 'to-broker', 'PUBLISH').map(flags);
      const resent = packetsSeen(room)
        .filter((entry) => entry.line === second && entry.direction === 'to-broker')
        .map(({ packet }) => packet.kind);
      expect(resent).toEqual(['CONNECT', ...again]);
      expect(published(first!)).toEqual([{ dup: false, packetId: expect.any(Number) }]);
      const expected = again.length === 2 ? [{ ...published(first!)[0], dup: true }] : [];
      expect(published(second!)).toEqual(expected);
    },
  );
});

describe.each([4, 5] as const)('MQTT %i, broker to client', (version) => {
  /** `phone` subscribes, then a message is sent while the fault waits; what `phone` received. */
  async function deliver(
    room: Room,
    qos: 1 | 2,
  ): Promise<{ phone: MqttClient; received: string[] }> {
    const phone = device(room, 'phone', session(version));
    const received: string[] = [];
    phone.on('message', (_topic, payload) => received.push(String(payload)));
    await phone.subscribeAsync('reading', { qos });
    const sensor = roomClient(room);
    await sensor.connect('sensor');
    sensor.publish('reading', '21', { qos: 1, messageId: 1 });
    if (qos === 2) sensor.publish('reading', '22', { qos: 2, messageId: 2 });
    await sensor.next('puback');
    if (qos === 2) {
      await sensor.next('pubrec');
      sensor.send({ cmd: 'pubrel', messageId: 2 });
    }
    return { phone, received };
  }

  const finished = (room: Room) => () =>
    entriesOf(room, 'fault').length > 0 &&
    room.state.clients.some(
      ({ clientId, connected, inflight, queued }) =>
        clientId === 'phone' && connected && inflight.length === 0 && queued === 0,
    );

  test('QoS 1: PUBACK dropped and line cut: the same message again, with DUP', async () => {
    const fault = dropAndCut('phone', 'to-broker', 'PUBACK');
    const room = await roomWith(fault);
    const { received } = await deliver(room, 1);
    await untilSeen(room, finished(room));
    expectStruck(room, fault);
    expect(received).toEqual(['21', '21']);
    const sent = seen(room, linesOf(room, 'phone'), 'to-client', 'PUBLISH').map(flags);
    expect(sent).toEqual([
      { dup: false, packetId: expect.any(Number) },
      { dup: true, packetId: sent[0]!.packetId }, // [MQTT-3.3.1-1]
    ]);
  });

  test.each([
    ['to-client', 'PUBLISH', 'PUBLISH'],
    ['to-broker', 'PUBREC', 'PUBLISH'],
    ['to-client', 'PUBREL', 'PUBREL'],
    ['to-broker', 'PUBCOMP', 'PUBREL'],
  ] as const)(
    'QoS 2: %s %s dropped and line cut: delivered once',
    async (direction, kind, again) => {
      // The QoS 1 message before it shows that order holds too; the fault waits for the second PUBLISH.
      const fault = { ...dropAndCut('phone', direction, kind), after: kind === 'PUBLISH' ? 1 : 0 };
      const room = await roomWith(fault);
      const { received } = await deliver(room, 2);
      await untilSeen(room, finished(room));
      expectStruck(room, fault);
      expect(received.filter((text) => text === '22')).toEqual(['22']); // [MQTT-4.3.3-2]
      const [first, second] = linesOf(room, 'phone');
      const ofMessage = (line: number, kindOf: PacketKind) =>
        seen(room, [line], 'to-client', kindOf).filter(
          ({ packet }) =>
            packet.kind !== 'PUBLISH' || Buffer.from(packet.payload).toString() === '22',
        );
      const publishes = [first!, second!].map((line) => ofMessage(line, 'PUBLISH').map(flags));
      expect(publishes[0]).toEqual([{ dup: false, packetId: expect.any(Number) }]);
      const same = { ...publishes[0]![0], dup: true };
      expect(publishes[1]).toEqual(again === 'PUBLISH' ? [same] : []);
      expect(ofMessage(second!, 'PUBREL')).toHaveLength(1);
    },
  );

  test('messages at QoS 1 wait while the phone is away, and come once when it is back', async () => {
    const room = await roomWith();
    const phone = device(room, 'phone', session(version));
    await phone.subscribeAsync('reading', { qos: 1 });
    await phone.endAsync();
    const sensor = roomClient(room);
    await sensor.connect('sensor');
    for (const id of [1, 2, 3]) sensor.publish('reading', `n${id}`, { qos: 1, messageId: id });
    for (const _ of [1, 2, 3]) await sensor.next('puback');
    expect(room.state.clients.find(({ clientId }) => clientId === 'phone')?.queued).toBe(3);
    const back = device(room, 'phone', session(version));
    const received: string[] = [];
    const [connack] = (await once(back.on('message', (_, text) => received.push(String(text))) as never, 'connect')) as [{ sessionPresent: boolean }]; // prettier-ignore
    expect(connack.sessionPresent).toBe(true);
    await untilSeen(room, () => received.length === 3);
    expect(received).toEqual(['n1', 'n2', 'n3']);
    const sent = seen(room, linesOf(room, 'phone'), 'to-client', 'PUBLISH');
    // Never sent before, so not sent again.
    expect(sent.map(({ packet }) => packet.kind === 'PUBLISH' && packet.dup)).toEqual([
      false,
      false,
      false,
    ]);
  });
});

test('QoS 0: what a cut line loses is gone', async () => {
  const room = await roomWith({
    client: 'sensor',
    direction: 'to-broker',
    kind: 'PUBLISH',
    after: 9,
    action: { do: 'drop-and-cut' },
  });
  const phone = await witness(room, 'reading', 0);
  const sensor = device(room, 'sensor');
  await once(sensor as never, 'connect');
  const back = once(sensor as never, 'close').then(() => once(sensor as never, 'connect'));
  for (let i = 0; i < 20; i++) sensor.publish('reading', String(i));
  await back;
  await sensor.publishAsync('reading', 'last', { qos: 1 });
  await phone.ping();
  const received = phone.texts();
  expect(received.slice(0, 9)).toEqual(Array.from({ length: 9 }, (_, i) => String(i)));
  expect(received).not.toContain('9');
  expect(received.at(-1)).toBe('last');
});
