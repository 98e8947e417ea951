/** Faults and link conditions on a line between a real client and a real broker. */
import { afterEach, describe, expect, test } from 'vitest';
import type { FaultAction, FaultRule } from '../protocol/faults.ts';
import type { PacketKind } from '../protocol/mqtt.ts';
import type { Room } from '../room/room.ts';
import { entriesOf, packetsSeen, untilSeen } from '../testing/seen.ts';
import { transports, type TestServer } from '../testing/transports.ts';
import type { MqttClient } from '../testing/mqtt-client.ts';
import { roomClient } from '../testing/room-client.ts';

let server: TestServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function start(
  faults: FaultRule[] = [],
  options: { random?: () => number; limits?: object } = {},
): Promise<{ room: Room; sensor: MqttClient; phone: MqttClient }> {
  server = await transports[0]!.start({ watchBatchMs: 0, ...options });
  const { room } = await server.open({ scene: { faults } });
  const phone = roomClient(room, { name: 'phone' });
  await phone.connect('phone');
  await phone.subscribe('#');
  return { room, phone, sensor: roomClient(room, { name: 'sensor' }) };
}

const onPublish = (action: FaultAction, more: Partial<FaultRule> = {}): FaultRule => ({
  client: 'sensor',
  direction: 'to-broker',
  kind: 'PUBLISH',
  action,
  ...more,
});
const texts = (phone: MqttClient, count: number): Promise<string[]> =>
  Promise.all(
    Array.from({ length: count }, async () => String((await phone.next('publish')).payload)),
  );
/** What the trace says of the sensor's packets to the broker. */
const fates = (room: Room, kind: PacketKind = 'PUBLISH') =>
  packetsSeen(room)
    .filter(({ packet, direction }) => packet.kind === kind && direction === 'to-broker')
    .map(({ fate }) => fate);

/** Each fault stands right behind the packet that it struck, and names it. */
function expectBeside(room: Room, kind: PacketKind): void {
  const faults = entriesOf(room, 'fault');
  expect(faults.length).toBeGreaterThan(0);
  for (const { n, packet, line } of faults) {
    expect(packet).toBe(n - 1);
    const struck = packetsSeen(room).find((entry) => entry.n === packet);
    expect(struck).toMatchObject({ line, packet: { kind } });
  }
}

describe('a rule strikes', () => {
  test('what a page arms can be replaced; the scene’s own stays', async () => {
    const { room, sensor, phone } = await start([onPublish({ do: 'drop' }, { after: 1 })]);
    await sensor.connect('sensor');
    room.armFaults([onPublish({ do: 'drop' })]);
    room.armFaults([onPublish({ do: 'duplicate' }, { after: 2 })], true);
    for (const text of ['a', 'b', 'c', 'd']) sensor.publish('t', text);
    expect(await texts(phone, 4)).toEqual(['a', 'c', 'c', 'd']);
  });

  test('drop: the packet is gone, the line stays', async () => {
    const { room, sensor, phone } = await start([
      onPublish({ do: 'drop' }, { after: 1, times: 2 }),
    ]);
    await sensor.connect('sensor');
    for (const text of ['a', 'b', 'c', 'd']) sensor.publish('t', text);
    expect(await texts(phone, 2)).toEqual(['a', 'd']);
    expect(fates(room)).toEqual(['passed', 'dropped', 'dropped', 'passed']);
    expect(entriesOf(room, 'fault').map(({ action }) => action)).toEqual(['drop', 'drop']);
    expectBeside(room, 'PUBLISH');
  });

  test('duplicate: twice over the wire, in its place', async () => {
    const { room, sensor, phone } = await start([onPublish({ do: 'duplicate' }, { after: 1 })]);
    await sensor.connect('sensor');
    // One segment: what passed before the fault must stay before it.
    const publish = { cmd: 'publish', topic: 't', qos: 0 };
    sensor.send(...['a', 'b', 'c'].map((payload) => ({ ...publish, payload })));
    expect(await texts(phone, 4)).toEqual(['a', 'b', 'b', 'c']);
    expect(fates(room)).toEqual(['passed', 'duplicated', 'passed']);
    expectBeside(room, 'PUBLISH');
  });

  test('duplicate towards the client, in its place among packets written together', async () => {
    const rule: FaultRule = {
      client: 'late',
      direction: 'to-client',
      kind: 'PUBLISH',
      after: 1,
      action: { do: 'duplicate' },
    };
    const { room, sensor } = await start([rule]);
    await sensor.connect('sensor');
    const texts = ['a', 'b', 'c'];
    for (const text of texts) sensor.publish(`t/${text}`, text, { retain: true });
    await sensor.ping();
    const late = roomClient(room, { name: 'late' });
    await late.connect('late');
    await late.subscribe('t/#');
    await late.ping();
    expect(late.texts()).toEqual(['a', 'b', 'b', 'c']);
  });

  test('drop-and-cut towards the client: what was written before it still arrives', async () => {
    const rule: FaultRule = {
      client: 'late',
      direction: 'to-client',
      kind: 'PUBLISH',
      after: 1,
      action: { do: 'drop-and-cut' },
    };
    const { room, sensor } = await start([rule]);
    await sensor.connect('sensor');
    for (const text of ['a', 'b', 'c']) sensor.publish(`t/${text}`, text, { retain: true });
    await sensor.ping();
    const late = roomClient(room, { name: 'late' });
    await late.connect('late');
    await late.subscribe('t/#');
    await late.ended();
    expect(late.texts()).toEqual(['a']);
    expectBeside(room, 'PUBLISH');
  });

  test('delay: later, and what comes behind it waits its turn', async () => {
    const { room, sensor, phone } = await start([onPublish({ do: 'delay', ms: 60 })]);
    await sensor.connect('sensor');
    const before = performance.now();
    sensor.publish('t', 'slow').publish('t', 'behind');
    expect(await texts(phone, 2)).toEqual(['slow', 'behind']);
    expect(performance.now() - before).toBeGreaterThanOrEqual(57);
    expect(fates(room)[0]).toBe('delayed');
    expectBeside(room, 'PUBLISH');
  });

  test('cut: the packet still arrives, then the line is dead, and the will is sent', async () => {
    const { room, sensor, phone } = await start([onPublish({ do: 'cut' })]);
    await sensor.connect('sensor', { will: { topic: 'status', payload: Buffer.from('gone') } });
    sensor.publish('t', 'last words');
    expect(await texts(phone, 2)).toEqual(['last words', 'gone']);
    await sensor.ended();
    expectBeside(room, 'PUBLISH');
    const { line } = entriesOf(room, 'fault')[0]!;
    expect(entriesOf(room, 'line-closed')).toMatchObject([{ line, by: 'fault' }]);
  });

  test('freeze: nothing passes until thawed, and then everything in order', async () => {
    const { room, sensor, phone } = await start([onPublish({ do: 'freeze' }, { after: 1 })]);
    await sensor.connect('sensor');
    const published = ['a', 'b', 'c'];
    for (const text of published) sensor.publish('t', text);
    await untilSeen(room, () => fates(room).length === 3);
    expect(await texts(phone, 1)).toEqual(['a']);
    await phone.ping();
    expect(phone.texts()).toEqual([]);
    expect(fates(room)).toEqual(['passed', 'held', 'held']);
    expectBeside(room, 'PUBLISH');
    room.setConditions({ client: 'sensor' });
    expect(await texts(phone, 2)).toEqual(['b', 'c']);
  });
});

describe('link conditions', () => {
  test('latency is paid each way', async () => {
    const { room, sensor } = await start();
    await sensor.connect('sensor');
    room.setConditions({ client: 'sensor', latencyMs: 40 });
    const before = performance.now();
    await sensor.ping();
    expect(performance.now() - before).toBeGreaterThanOrEqual(75);
    expect(fates(room, 'PINGREQ')).toEqual(['delayed']);
  });

  test('a goodbye travels as slowly as the rest: no will, nothing lost', async () => {
    const { room, sensor, phone } = await start();
    await sensor.connect('sensor', { will: { topic: 'status', payload: Buffer.from('gone') } });
    room.setConditions({ client: 'sensor', latencyMs: 40 });
    sensor.publish('t', 'x').send({ cmd: 'disconnect' });
    sensor.stream.end();
    expect(await texts(phone, 1)).toEqual(['x']);
    await untilSeen(room, () => entriesOf(room, 'line-closed').length === 1);
    await phone.ping();
    expect(phone.texts()).toEqual([]);
  });

  test('what the broker says before it closes travels as slowly, and arrives', async () => {
    const { room } = await start();
    const old = roomClient(room, { name: 'old' }, 5);
    await old.connect('sensor');
    room.setConditions({ client: 'old', latencyMs: 40 });
    await roomClient(room).connect('sensor');
    // 5.0 [MQTT-3.1.4-3]: session taken over
    expect(await old.next('disconnect')).toMatchObject({ reasonCode: 0x8e });
    await old.ended();
  });

  test('loss takes the share that it says', async () => {
    const random = [0.1, 0.5, 0.29, 0.3, 0.9];
    const { room, sensor, phone } = await start([], { random: () => random.shift() ?? 1 });
    await sensor.connect('sensor');
    room.setConditions({ client: 'sensor', loss: 0.3 });
    for (const text of ['a', 'b', 'c', 'd', 'e']) sensor.publish('t', text);
    expect(await texts(phone, 3)).toEqual(['b', 'd', 'e']);
    expect(fates(room)).toEqual(['dropped', 'passed', 'dropped', 'passed', 'passed']);
    expectBeside(room, 'PUBLISH');
  });

  test('is as it was for the client that comes back', async () => {
    const { room, phone } = await start();
    room.setConditions({ client: 'sensor', frozen: true });
    const sensor = roomClient(room, { name: 'sensor' });
    sensor.send({ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true, clientId: 'sensor', keepalive: 0 }); // prettier-ignore
    await phone.ping();
    expect(sensor.got).toEqual([]);
    expect(fates(room, 'CONNECT').at(-1)).toBe('held');
    room.setConditions({ client: 'sensor' });
    expect(await sensor.next('connack')).toMatchObject({ returnCode: 0 });
  });
});

describe('a frozen device', () => {
  const will = { topic: 'status', payload: Buffer.from('gone'), retain: true };

  test('is given up by the broker after 1.5 times its keep alive, and its will is sent', async () => {
    const { room, sensor, phone } = await start();
    await sensor.connect('sensor', { keepalive: 1, will });
    const steady = roomClient(room, { name: 'steady' });
    await steady.connect('steady', { keepalive: 1 });
    // Both speak often enough; only the frozen one isn't heard.
    const beat = setInterval(() => {
      sensor.send({ cmd: 'pingreq' });
      steady.send({ cmd: 'pingreq' });
    }, 200);
    await sensor.next('pingresp');
    room.setConditions({ client: 'sensor', frozen: true });
    expect(await texts(phone, 1)).toEqual(['gone']);
    clearInterval(beat);
    const { line, by, at } = entriesOf(room, 'line-closed')[0]!;
    expect(by).toBe('broker');
    const heard = packetsSeen(room).findLast(
      (entry) => entry.line === line && entry.direction === 'to-broker' && entry.fate === 'passed',
    )!;
    // [MQTT-3.1.2-24], 5.0 [MQTT-3.1.2-22]
    expect(at - heard.at).toBeGreaterThanOrEqual(1450);
    expect(at - heard.at).toBeLessThan(5000);
    await steady.ping();
    expect(entriesOf(room, 'line-closed')).toHaveLength(1);
  });

  test('that goes away leaves half a line: the broker knows nothing until it is thawed', async () => {
    const { room, sensor, phone } = await start();
    await sensor.connect('sensor', { will });
    room.setConditions({ client: 'sensor', frozen: true });
    sensor.publish('t', 'held');
    sensor.stream.destroy();
    await untilSeen(room, () => fates(room).includes('held'));
    await phone.ping();
    expect(phone.texts()).toEqual([]);
    expect(room.state.clients.find(({ clientId }) => clientId === 'sensor')?.connected).toBe(true);
    room.setConditions({ client: 'sensor' });
    expect(await texts(phone, 2)).toEqual(['held', 'gone']);
    expect(entriesOf(room, 'line-closed')).toMatchObject([{ by: 'client' }]);
  });
});

test("a room's faults do not affect clients of the same name in other rooms", async () => {
  const { room, sensor } = await start([onPublish({ do: 'drop' })]);
  const other = (await server!.open()).room;
  const namesake = roomClient(other, { name: 'sensor' });
  const listener = roomClient(other);
  await Promise.all([sensor.connect('sensor'), namesake.connect('sensor'), listener.connect('l')]);
  await listener.subscribe('t');
  namesake.publish('t', 'x');
  expect(await texts(listener, 1)).toEqual(['x']);
  expect(entriesOf(room, 'fault')).toEqual([]);
});
