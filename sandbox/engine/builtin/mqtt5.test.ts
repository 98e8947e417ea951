/** What MQTT 5.0 adds: reason codes, properties, subscription options; and who may do what. */
import { expect, test } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected, BrokerClient } from '../../testing/broker-client.ts';

test('PUBACK and PUBREC have 0x10 if there is no subscriber, and 0 if there is one', async () => {
  const broker = await start();
  const client = await connected(broker, 'c', {}, 5);
  client.publish('t', 'x', { qos: 1 });
  expect((await client.next('puback')).reasonCode).toBe(0x10);
  client.publish('t', 'x', { qos: 2, retain: true, messageId: 50 });
  expect((await client.next('pubrec')).reasonCode).toBe(0x10);
  client.send({ cmd: 'pubrel', messageId: 50 });
  await client.next('pubcomp');
  expect(broker.state().retained).toHaveLength(1);
  await client.subscribe('t', 0);
  client.publish('t', 'x', { qos: 1 });
  expect((await client.next('puback')).reasonCode ?? 0).toBe(0);
  // Who may not read it subscribes all the same.
  const deaf = await start({ authorizeDeliver: () => false });
  const writer = await connected(deaf, 'c', {}, 5);
  await writer.subscribe('t', 0);
  writer.publish('t', 'x', { qos: 1 });
  expect((await writer.next('puback')).reasonCode ?? 0).toBe(0);
  // Its own messages don't count for a subscriber with No Local.
  await client.subscribe([{ topic: 't', qos: 0, nl: true }]);
  client.publish('t', 'x', { qos: 1 });
  expect((await client.next('puback')).reasonCode).toBe(0x10);
});

test('SUBACK has a code for each filter, also where one comes twice or is denied [MQTT-3.8.4-6]', async () => {
  const broker = await start({ authorizeSubscribe: (_, filter) => filter !== 'no' });
  const filters = ['a', 'no', 'a', 'b'].map((topic, i) => ({ topic, qos: i === 2 ? 2 : 1 }));
  const five = await connected(broker, 'five', {}, 5);
  expect((await five.subscribe(filters)).granted).toEqual([2, 0x87, 2, 1]);
  const old = await connected(broker, 'old', { clean: false });
  expect((await old.subscribe(filters)).granted).toEqual([2, 0x80, 2, 1]);
  expect(broker.state().clients[1]!.subscriptions).toEqual([
    { filter: 'a', qos: 2 },
    { filter: 'b', qos: 1 },
  ]);
});

test('a denied publish: 5.0 gets 0x87, 3.1.1 is acknowledged; no subscriber gets it', async () => {
  const broker = await start({ authorizePublish: (_, topic) => topic !== 'no' });
  const watcher = await connected(broker, 'w');
  await watcher.subscribe('#');
  const five = await connected(broker, 'five', {}, 5);
  const old = await connected(broker, 'old');
  for (const client of [five, old]) {
    for (const qos of [0, 1, 2]) client.publish('no', 'x', { qos, retain: true });
  }
  expect((await five.next('puback')).reasonCode).toBe(0x87);
  expect((await five.next('pubrec')).reasonCode).toBe(0x87);
  await old.next('puback');
  const { messageId } = await old.next('pubrec');
  old.send({ cmd: 'pubrel', messageId });
  await old.next('pubcomp');
  expect(await watcher.messages()).toEqual([]);
  expect(broker.state().retained).toEqual([]);
});

test('read access is asked for each delivery, retained messages too', async () => {
  const broker = await start({
    authorizeDeliver: ({ clientId }, topic) => clientId !== 'c' || topic !== 'secret',
  });
  await broker.publish({ topic: 'secret', payload: 'x', retain: true });
  const client = await connected(broker, 'c');
  await client.subscribe('#');
  await broker.publish({ topic: 'secret', payload: 'x' });
  await broker.publish({ topic: 'open', payload: 'x' });
  expect((await client.messages()).map(({ topic }) => topic)).toEqual(['open']);
});

test('refused at CONNECT: 3.1.1 return code, 5.0 reason code', async () => {
  const asked: unknown[] = [];
  const broker = await start({
    authenticate: ({ clientId, userName, password, version }) => {
      asked.push([clientId, userName, password && Buffer.from(password).toString(), version]);
      return userName === 'good' ? 0 : 4;
    },
  });
  const old = new BrokerClient(broker, 4);
  expect(await old.connect('a', { username: 'bad' })).toMatchObject({ returnCode: 4 });
  await old.ended();
  const five = new BrokerClient(broker, 5);
  expect(await five.connect('b')).toMatchObject({ reasonCode: 0x86 });
  const good = { username: 'good', password: Buffer.from('pw') };
  expect((await new BrokerClient(broker, 5).connect('c', good)).reasonCode).toBe(0);
  expect(asked.at(-1)).toEqual(['c', 'good', 'pw', 5]);
  expect(broker.state().clients.map(({ clientId }) => clientId)).toEqual(['c']);
});

test('too many retained messages: 5.0 gets 0x97, 3.1.1 is closed; replacing one goes on', async () => {
  const hit: string[] = [];
  const broker = await start({
    limits: { retainedTopics: 1 },
    onLimit: (limit) => void hit.push(limit),
  });
  const five = await connected(broker, 'five', {}, 5);
  five.publish('a', 'x', { qos: 1, retain: true });
  await five.next('puback');
  five.publish('b', 'x', { qos: 1, retain: true });
  expect((await five.next('puback')).reasonCode).toBe(0x97);
  five.publish('a', 'y', { qos: 1, retain: true });
  expect((await five.next('puback')).reasonCode).not.toBe(0x97);
  const old = await connected(broker, 'old');
  old.publish('b', 'x', { retain: true });
  await old.ended();
  expect(broker.state().retained).toHaveLength(1);
  expect(hit).toEqual(['retainedTopics', 'retainedTopics']);
});

test('too many subscriptions: 0x97, and 0x80 before 5.0', async () => {
  const broker = await start({ limits: { subscriptionsPerClient: 2 } });
  const filters = ['a', 'b', 'c'].map((topic) => ({ topic, qos: 0 }));
  const five = await connected(broker, 'five', {}, 5);
  expect((await five.subscribe(filters)).granted).toEqual([0, 0, 0x97]);
  const old = await connected(broker, 'old');
  expect((await old.subscribe(filters)).granted).toEqual([0, 0, 0x80]);
});

test('close tells 5.0 clients that the server stops, and ends every line', async () => {
  const broker = await start();
  const five = await connected(broker, 'five', {}, 5);
  const old = await connected(broker, 'old');
  const silent = new BrokerClient(broker);
  await broker.close();
  expect((await five.next('disconnect')).reasonCode).toBe(0x8b);
  for (const client of [five, old, silent]) await client.ended();
});

test('disconnect(clientId) ends that client', async () => {
  const broker = await start();
  const five = await connected(broker, 'five', {}, 5);
  expect(broker.disconnect('other')).toBe(false);
  expect(broker.disconnect('five')).toBe(true);
  expect((await five.next('disconnect')).reasonCode).toBe(0x98);
  await five.ended();
});
