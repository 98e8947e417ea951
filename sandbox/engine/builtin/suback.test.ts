/** What both sides say in CONNECT and CONNACK that they take, and that they are held to it. */
import { expect, test } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected, BrokerClient } from '../../testing/broker-client.ts';

test('CONNACK says what the broker grants, and nothing wrong', async () => {
  const broker = await start({ receiveMaximum: 7, maxPacketSize: 1000 });
  const { properties } = await new BrokerClient(broker, 5).connect('c');
  expect(properties).toEqual({
    receiveMaximum: 7,
    topicAliasMaximum: 10,
    maximumPacketSize: 1000,
  });
});

test('CONNACK: maximum QoS, retain available, server keep alive, assigned identifier', async () => {
  const broker = await start({ maxQoS: 1, retainAvailable: false, maxKeepAlive: 60 });
  const connack = await new BrokerClient(broker, 5).connect('', { keepalive: 120 });
  expect(connack.properties).toMatchObject({
    maximumQoS: 1,
    retainAvailable: false,
    serverKeepAlive: 60,
    assignedClientIdentifier: expect.any(String),
  });
  const old = new BrokerClient(broker, 4);
  expect(await old.connect('old', { keepalive: 120 })).toMatchObject({ returnCode: 0 });
  expect(broker.state().clients.map(({ keepAlive }) => keepAlive)).toEqual([60, 120]);
  const none = await new BrokerClient(broker, 5).connect('none', { keepalive: 0 });
  expect(none.properties).toMatchObject({ serverKeepAlive: 60 });
  const less = await new BrokerClient(broker, 5).connect('less', { keepalive: 59 });
  expect(less.properties).not.toHaveProperty('serverKeepAlive');
});

test('CONNACK names no receive maximum where it is as large as MQTT allows', async () => {
  const broker = await start({ receiveMaximum: 65_535 });
  const { properties } = await new BrokerClient(broker, 5).connect('c');
  expect(properties).not.toHaveProperty('receiveMaximum');
});

test('the maximum QoS can differ by line: announced, granted, and kept', async () => {
  let asked = 0;
  const broker = await start({ maxQoSOf: () => (asked++ === 0 ? 1 : undefined) });
  const low = new BrokerClient(broker, 5);
  expect((await low.connect('low')).properties).toMatchObject({ maximumQoS: 1 });
  const high = new BrokerClient(broker, 5);
  expect((await high.connect('high')).properties).not.toHaveProperty('maximumQoS');
  expect((await low.subscribe('t', 2)).granted).toEqual([1]);
  expect((await high.subscribe('t', 2)).granted).toEqual([2]);
  high.publish('t', 'x', { qos: 2 });
  expect((await high.next('pubrec')).reasonCode ?? 0).toBe(0);
  low.publish('t', 'x', { qos: 2 });
  expect((await low.next('disconnect')).reasonCode).toBe(0x9b);
});

test('a payload above the limit: 3.1.1 acknowledged and dropped; 5.0 DISCONNECT 0x95', async () => {
  const broker = await start({ messageSizeLimit: 3 });
  const watcher = await connected(broker, 'w');
  await watcher.subscribe('t', 1);
  const old = await connected(broker, 'old');
  old.publish('t', 'four', { qos: 1, retain: true });
  await old.next('puback');
  expect(broker.state().retained).toEqual([]);
  const a = await connected(broker, 'a', {}, 5);
  a.publish('t', 'four', { qos: 0 }).publish('t', '333', { qos: 1 });
  await a.next('puback');
  a.publish('t', 'four', { qos: 1 });
  expect((await a.next('disconnect')).reasonCode).toBe(0x95);
  await a.ended();
  expect((await watcher.messages()).map(({ payload }) => String(payload))).toEqual(['333']);
});

test('a will above the maximum QoS, or retained where nothing is: 0x9B, 0x9A', async () => {
  const broker = await start({ maxQoS: 1, retainAvailable: false });
  const will = { topic: 't', payload: Buffer.from('x'), qos: 2 as const, retain: false };
  expect(await new BrokerClient(broker, 5).connect('c', { will })).toMatchObject({
    reasonCode: 0x9b,
  });
  const retained = { ...will, qos: 0 as const, retain: true };
  expect(await new BrokerClient(broker, 5).connect('c', { will: retained })).toMatchObject({
    reasonCode: 0x9a,
  });
});

test('PUBLISH above the maximum QoS or with RETAIN: DISCONNECT 0x9B, 0x9A', async () => {
  const broker = await start({ maxQoS: 1, retainAvailable: false });
  const a = await connected(broker, 'a', {}, 5);
  a.publish('t', 'x', { qos: 2 });
  expect((await a.next('disconnect')).reasonCode).toBe(0x9b);
  const b = await connected(broker, 'b', {}, 5);
  b.publish('t', 'x', { retain: true });
  expect((await b.next('disconnect')).reasonCode).toBe(0x9a);
  const old = await connected(broker, 'old');
  old.publish('t', 'x', { qos: 2 });
  await old.ended();
  expect((await (await connected(broker, 'd')).subscribe('t', 2)).granted).toEqual([1]);
});

test('a client that takes less than a CONNACK or a SUBACK is let go, not sent it [MQTT-3.1.2-24]', async () => {
  const broker = await start();
  const small = (maximumPacketSize: number): object => ({ properties: { maximumPacketSize } });
  const tiny = new BrokerClient(broker, 5);
  await expect(tiny.connect('c', small(2))).rejects.toThrow();
  await tiny.ended();
  expect(tiny.got).toEqual([]);
  const client = await connected(broker, 'c', small(20), 5);
  const topics = Array.from({ length: 17 }, (_, n) => ({ topic: `t/${n}`, qos: 0 as const }));
  client.send({ cmd: 'subscribe', messageId: 1, subscriptions: topics });
  expect((await client.next('disconnect')).reasonCode).toBe(0x95);
  await client.ended();
  expect(broker.state().clients).toEqual([]);
});

test('more than the receive maximum of the broker: DISCONNECT 0x93', async () => {
  const broker = await start({ receiveMaximum: 3 });
  const client = await connected(broker, 'c', {}, 5);
  for (let i = 0; i < 4; i++) client.publish('t', 'x', { qos: 2 });
  expect((await client.next('disconnect')).reasonCode).toBe(0x93);
});
