/** What `state()` tells of sessions and retained messages. */
import { expect, test } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected } from '../../testing/broker-client.ts';

test('wills, retained messages with their QoS, and subscriptions with the granted one', async () => {
  const broker = await start({ maxQoS: 1 });
  const will = { topic: 'gone', payload: Buffer.from('bye'), qos: 1 as const, retain: false };
  const client = await connected(broker, 'c', { will });
  await client.subscribe('t/#', 2);
  client.publish('t', 'x', { qos: 1, retain: true });
  await client.next('puback');
  expect(broker.state()).toMatchObject({
    clients: [{ clientId: 'c', will: { topic: 'gone', qos: 1 }, subscriptions: [{ qos: 1 }] }],
    retained: [{ topic: 't', qos: 1 }],
  });
  client.publish('t', '', { retain: true });
  await client.settle();
  expect(broker.state().retained).toEqual([]);
});

test('what is in flight either way, until the exchange ends', async () => {
  const broker = await start();
  const client = await connected(broker, 'c');
  const inflight = () => broker.state().clients[0]!.inflight;
  client.publish('t', 'x', { qos: 2, messageId: 7 });
  await client.next('pubrec');
  const toBroker = { packetId: 7, direction: 'to-broker', qos: 2, waitsFor: 'PUBREL' };
  expect(inflight()).toEqual([toBroker]);
  await client.subscribe('t', 2);
  await broker.publish({ topic: 't', payload: 'x', qos: 2 });
  const { messageId: packetId } = await client.next('publish');
  const toClient = { packetId, direction: 'to-client', qos: 2, waitsFor: 'PUBREC' };
  expect(inflight()).toHaveLength(2);
  expect(inflight()).toEqual(expect.arrayContaining([toBroker, toClient]));
  client.send({ cmd: 'pubrel', messageId: 7 }, { cmd: 'pubrec', messageId: packetId });
  await client.next('pubrel');
  expect(inflight()).toEqual([{ ...toClient, waitsFor: 'PUBCOMP' }]);
  client.send({ cmd: 'pubcomp', messageId: packetId });
  await client.settle();
  expect(inflight()).toEqual([]);
});

test('what waits for a client that is away, and nothing of a session that has ended', async () => {
  const broker = await start();
  const client = await connected(broker, 'c', { clean: false });
  await client.subscribe('t', 1);
  await client.cut();
  for (const payload of ['1', '2']) await broker.publish({ topic: 't', payload, qos: 1 });
  expect(broker.state().clients).toMatchObject([{ clientId: 'c', connected: false, queued: 2 }]);
  await (await connected(broker, 'c', { clean: true })).disconnect();
  expect(broker.state().clients).toEqual([]);
});
