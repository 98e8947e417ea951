import { once as onceOf } from 'node:events';
import { afterEach, describe, expect, test } from 'vitest';
import type { MqttClient } from 'mqtt';
import type { PacketEntry } from '../protocol/trace.ts';
import { kindOf } from '../mqtt/packet.ts';
import type { Room } from './room.ts';
import { transports, type TestServer } from '../testing/transports.ts';
import { roomClient } from '../testing/room-client.ts';

/** MQTT.js types its events; Node's helper wants them untyped. */
const once = (client: MqttClient, event: string): Promise<any[]> =>
  onceOf(client as unknown as NodeJS.EventEmitter, event);
const connected = (client: MqttClient) => once(client, 'connect');
const message = async (client: MqttClient): Promise<[topic: string, text: string]> => {
  const [topic, payload] = await once(client, 'message');
  return [topic, String(payload)];
};
const packetsOf = (room: Room) =>
  room.trace.all().filter((entry): entry is PacketEntry => entry.type === 'packet');
const kindsOf = (room: Room, line: number) =>
  packetsOf(room)
    .filter((entry) => entry.line === line)
    .map(({ bytes, direction }) => `${direction === 'to-broker' ? '>' : '<'} ${kindOf(bytes[0]!)}`);

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

describe.each(transports)('a room over $name', (transport) => {
  test('carries a message from one client to another', async () => {
    server = await transport.start();
    const { client } = await server.open();
    const [publisher, subscriber] = [client(), client()];
    await subscriber.subscribeAsync('hello/mqtt');
    const heard = message(subscriber);
    await publisher.publishAsync('hello/mqtt', 'hi', { qos: 1 });
    expect(await heard).toEqual(['hello/mqtt', 'hi']);
  });

  test('speaks MQTT 5.0 beside 3.1.1', async () => {
    server = await transport.start();
    const { client } = await server.open();
    const [five, four] = [client({ protocolVersion: 5 }), client()];
    await four.subscribeAsync('a/+');
    const heard = message(four);
    await five.publishAsync('a/b', 'x', { qos: 1, properties: { contentType: 'text/plain' } });
    expect(await heard).toEqual(['a/b', 'x']);
  });

  test('sees nothing of its neighbour', async () => {
    server = await transport.start();
    const [mine, theirs] = [await server.open(), await server.open()];
    const eavesdropper = theirs.client();
    await eavesdropper.subscribeAsync('#');
    const heard: string[] = [];
    eavesdropper.on('message', (topic) => heard.push(topic));
    await mine.client().publishAsync('secret', 'x', { qos: 1, retain: true });
    const last = message(eavesdropper);
    await eavesdropper.publishAsync('end', '', { qos: 1 });
    await last;
    expect(heard).toEqual(['end']);
    expect(packetsOf(theirs.room).some(({ bytes }) => String(bytes).includes('secret'))).toBe(
      false,
    );
  });

  test('records every packet of a line in order', async () => {
    server = await transport.start();
    const { client, room } = await server.open();
    const one = client();
    await one.subscribeAsync('t', { qos: 1 });
    const heard = message(one);
    await one.publishAsync('t', 'x', { qos: 1 });
    await heard;
    await one.endAsync();
    await expect
      .poll(() => kindsOf(room, 1))
      .toEqual([
        '> CONNECT',
        '< CONNACK',
        '> SUBSCRIBE',
        '< SUBACK',
        '> PUBLISH',
        // The broker routes a message before it acknowledges it.
        '< PUBLISH',
        '< PUBACK',
        '> PUBACK',
        '> DISCONNECT',
      ]);
    await expect
      .poll(() => room.trace.all().at(-1))
      .toMatchObject({ type: 'line-closed', line: 1, by: 'client' });
    expect(room.trace.all()[0]).toMatchObject({ type: 'line-opened', transport: transport.name });
  });

  test('refuses a bad packet with its rule, and the line closes', async () => {
    server = await transport.start();
    const { client, room } = await server.open();
    const bad = client();
    await connected(bad);
    const closed = once(bad, 'close');
    // A PUBLISH to `a/#` [MQTT-3.3.2-2], which MQTT.js itself would not send.
    bad.stream.write(Buffer.from([0x30, 6, 0, 3, 0x61, 0x2f, 0x23, 0x78]));
    await closed;
    const refused = room.trace.all().find(({ type }) => type === 'refused');
    expect(refused).toMatchObject({ statement: 'MQTT-3.3.2-2', line: 1 });
    expect(room.trace.all().at(-1)).toMatchObject({ type: 'line-closed', by: 'gate' });
  });

  test('has its scene in place when it is ready, again after each reset', async () => {
    server = await transport.start();
    const { client, room } = await server.open({
      scene: {
        actors: [{ name: 'subscriber', subscribes: [{ filter: 'hello/mqtt', qos: 1 }] }],
        retained: [{ topic: 'lamp', payload: 'on' }],
      },
    });
    expect(room.run).toBe(1);
    const inPlace = () => ({
      subscriptions: room.state.clients.map(({ subscriptions }) => subscriptions),
      retained: room.state.retained.map(({ topic }) => topic),
    });
    const expected = {
      subscriptions: [[{ filter: 'hello/mqtt', qos: 1 }]],
      retained: ['lamp'],
    };
    expect(inPlace()).toMatchObject(expected);
    const old = client();
    await connected(old);
    const closed = once(old, 'close');
    expect(await room.reset()).toBe(2);
    await closed;
    expect(inPlace()).toMatchObject(expected);
    expect(room.trace.all().filter(({ type }) => type === 'line-opened')).toHaveLength(1);
  });

  test('takes no more lines than it may, and says so', async () => {
    server = await transport.start({ limits: { linesPerRoom: 2 } });
    const { client } = await server.open();
    await Promise.all([connected(client()), connected(client())]);
    if (transport.name === 'memory') return;
    const [error] = await once(client({ protocolVersion: 5 }), 'error');
    expect(error).toMatchObject({ code: 0x97 });
  });

  test('pauses a line that is too fast, and loses nothing', async () => {
    server = await transport.start({ limits: { packetsPerSecond: 200, packetsBurst: 20 } });
    const { client, room } = await server.open();
    const [fast, listener] = [client(), client()];
    await listener.subscribeAsync('n');
    let count = 0;
    const all = new Promise<void>((resolve) => {
      listener.on('message', () => ++count === 100 && resolve());
    });
    for (let i = 0; i < 100; i++) fast.publish('n', String(i));
    await all;
    expect(room.trace.all().find(({ type }) => type === 'limit')).toMatchObject({
      limit: 'packetsPerSecond',
      value: 200,
    });
  });

  test('closes a line whose packet is too large, 5.0 with its reason', async () => {
    server = await transport.start({ limits: { packetBytes: 1000 } });
    const { client } = await server.open();
    const five = client({ protocolVersion: 5 });
    await connected(five);
    const told = once(five, 'disconnect');
    five.publish('t', 'x'.repeat(2000));
    expect((await told)[0]).toMatchObject({ reasonCode: 0x95 });
  });

  test('disconnects a client for its administrator: with a reason in 5.0, and its will is sent', async () => {
    server = await transport.start({ watchBatchMs: 0 });
    const { room } = await server.open();
    const phone = roomClient(room, {}, 4);
    await phone.connect('phone');
    await phone.subscribe('sensor/state');
    const sensor = roomClient(room, {}, 5);
    const will = { topic: 'sensor/state', payload: Buffer.from('gone'), qos: 0, retain: false };
    await sensor.connect('sensor-1', { will });
    room.disconnect('sensor-1');
    expect(await sensor.next('disconnect')).toMatchObject({ reasonCode: 0x98 });
    await sensor.ended();
    expect(String((await phone.next('publish')).payload)).toBe('gone');
    expect(() => room.disconnect('sensor-1')).toThrow('No client of that name');
  });

  test('cuts a line as a pulled cable does: the will is sent', async () => {
    server = await transport.start();
    const { client, room } = await server.open();
    const [sensor, phone] = [
      client({ clientId: 'sensor', will: { topic: 'status', payload: Buffer.from('gone'), qos: 1, retain: false } }),
      client(),
    ]; // prettier-ignore
    await Promise.all([phone.subscribeAsync('status'), connected(sensor)]);
    const heard = message(phone);
    room.cut('sensor');
    expect(await heard).toEqual(['status', 'gone']);
    expect(room.trace.all().find(({ type }) => type === 'fault')).toMatchObject({ action: 'cut' });
  });
});

test('unused rooms expire, and their address is no longer found', async () => {
  server = await transports[0]!.start();
  const { address, client } = await server.open({ scene: { actors: [{ name: 'subscriber' }] } });
  const guest = client();
  await connected(guest);
  await guest.endAsync();
  await server.rooms.sweep(performance.now() + server.rooms.limits.roomIdleMs - 1000);
  expect(server.rooms.find(address)).not.toBeNull();
  await server.rooms.sweep(performance.now() + server.rooms.limits.roomIdleMs + 1000);
  expect(server.rooms.find(address)).toBeNull();
});

test('a wrong key finds nothing', async () => {
  server = await transports[0]!.start();
  const { address, room } = await server.open();
  expect(server.rooms.find(address)).toBe(room);
  expect(
    server.rooms.find(`${address.slice(0, -1)}${address.endsWith('0') ? '1' : '0'}`),
  ).toBeNull();
  expect(server.rooms.find(room.code)).toBeNull();
});
