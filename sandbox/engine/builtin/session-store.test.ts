/** What outlives a connection, and what doesn't (MQTT 5.0, sections 3.1.2.4, 3.1.2.11.2, 4.1). */
import { afterEach, expect, test, vi } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected, RawClient } from '../../testing/raw-client.ts';

afterEach(() => void vi.useRealTimers());
const expiry = (seconds: number): object => ({ properties: { sessionExpiryInterval: seconds } });

test('a session without subscriptions is kept too 3.1.1 [MQTT-3.2.2-2], 5.0 [MQTT-3.2.2-3]', async () => {
  const broker = await start();
  const first = new RawClient(broker);
  expect((await first.connect({ clientId: 'c', clean: false })).sessionPresent).toBe(false);
  await first.disconnect();
  const again = new RawClient(broker);
  expect((await again.connect({ clientId: 'c', clean: false })).sessionPresent).toBe(true);
});

test('a clean session ends with its connection, and a clean start ends the one before', async () => {
  const broker = await start();
  const kept = await connected(broker, 'c', { clean: false });
  await kept.subscribe('t', 1);
  await kept.cut();
  const clean = new RawClient(broker);
  expect((await clean.connect({ clientId: 'c', clean: true })).sessionPresent).toBe(false);
  expect(broker.state().clients[0]!.subscriptions).toEqual([]);
  await clean.disconnect();
  const again = new RawClient(broker);
  expect((await again.connect({ clientId: 'c', clean: false })).sessionPresent).toBe(false);
});

test('5.0: without an expiry interval the session ends with the connection', async () => {
  const broker = await start();
  const first = await connected(broker, 'c', { clean: false }, 5);
  await first.subscribe('t', 1);
  await first.disconnect();
  expect(broker.state().clients).toEqual([]);
});

test('5.0: the session lives its interval, and no longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const broker = await start();
  const first = await connected(broker, 'c', { clean: true, ...expiry(5) }, 5);
  await first.subscribe('t', 1);
  await first.disconnect();
  vi.advanceTimersByTime(4000);
  const second = new RawClient(broker, 5);
  expect(await second.connect({ clientId: 'c', clean: false, ...expiry(5) })).toMatchObject({
    sessionPresent: true,
  });
  await second.disconnect();
  vi.advanceTimersByTime(6000);
  expect(broker.state().clients).toEqual([]);
});

test('5.0: DISCONNECT changes the interval', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const broker = await start();
  const first = await connected(broker, 'c', { clean: true, ...expiry(1) }, 5);
  await first.disconnect(expiry(10));
  vi.advanceTimersByTime(5000);
  const second = new RawClient(broker, 5);
  expect((await second.connect({ clientId: 'c', clean: false, ...expiry(9) })).sessionPresent).toBe(
    true,
  );
  await second.disconnect(expiry(0));
  expect(broker.state().clients).toEqual([]);
});

test('5.0: clean start 1 with an interval is a new session that is kept', async () => {
  const broker = await start();
  const first = await connected(broker, 'c', { clean: true, ...expiry(60) }, 5);
  await first.subscribe('t', 1);
  await first.cut();
  await broker.publish({ topic: 't', payload: 'while away', qos: 1 });
  const second = new RawClient(broker, 5);
  expect((await second.connect({ clientId: 'c', clean: false })).sessionPresent).toBe(true);
  expect((await second.next('publish')).payload.toString()).toBe('while away');
});

test('5.0: clean start 0 finds the queue, and its own interval holds from then on', async () => {
  const broker = await start();
  const first = await connected(broker, 'c', { clean: true, ...expiry(60) }, 5);
  await first.subscribe('t', 1);
  await first.cut();
  for (const payload of ['1', '2']) await broker.publish({ topic: 't', payload, qos: 1 });
  expect(broker.state().clients[0]).toMatchObject({ connected: false, queued: 2 });
  const second = await connected(broker, 'c', { clean: false }, 5);
  expect(await second.messages()).toHaveLength(2);
  await second.disconnect();
  expect(broker.state().clients).toEqual([]);
});

test('queued QoS 0 messages are not kept, QoS 1 and 2 are, in order', async () => {
  const broker = await start();
  const first = await connected(broker, 'c', { clean: false });
  await first.subscribe('t', 2);
  await first.cut();
  for (const qos of [0, 1, 2, 1] as const) {
    await broker.publish({ topic: 't', payload: `q${qos}`, qos });
  }
  const second = await connected(broker, 'c', { clean: false });
  const got = await second.messages();
  expect(got.map(({ payload }) => payload.toString())).toEqual(['q1', 'q2', 'q1']);
  expect(got.map(({ dup }) => dup)).toEqual([false, false, false]);
});

test('5.0: an expired message is not delivered; another says what is left [MQTT-3.3.2-5] [MQTT-3.3.2-6]', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const broker = await start();
  const first = await connected(broker, 'c', { clean: true, ...expiry(600) }, 5);
  await first.subscribe('t', 2);
  await first.cut();
  const publisher = await connected(broker, 'p', {}, 5);
  for (const [payload, seconds] of [
    ['short', 1],
    ['long', 10],
  ] as const) {
    publisher.publish('t', payload, { qos: 1, properties: { messageExpiryInterval: seconds } });
    await publisher.next('puback');
  }
  await publisher.settle();
  vi.setSystemTime(Date.now() + 4000);
  const second = await connected(broker, 'c', { clean: false }, 5);
  const got = await second.messages();
  expect(got.map(({ payload }) => payload.toString())).toEqual(['long']);
  expect(got[0]!.properties).toMatchObject({ messageExpiryInterval: 6 });
});

test('a retained message expires too', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const broker = await start();
  const client = await connected(broker, 'c', {}, 5);
  client.publish('t', 'x', { retain: true, properties: { messageExpiryInterval: 2 } });
  await client.settle();
  vi.setSystemTime(Date.now() + 3000);
  await client.subscribe('#');
  expect(await client.messages()).toEqual([]);
  expect(broker.state().retained).toEqual([]);
});

test('a second client with the same id takes over; 5.0 is told 0x8E: 3.1.1 [MQTT-3.1.4-2], 5.0 [MQTT-3.1.4-3]', async () => {
  const broker = await start();
  const old = await connected(broker, 'c', {}, 5);
  const young = new RawClient(broker, 5);
  expect((await young.connect({ clientId: 'c' })).reasonCode).toBe(0);
  expect((await old.next('disconnect')).reasonCode).toBe(0x8e);
  await old.ended();
  expect(await young.settle()).toEqual([]);
  expect(broker.state().clients).toHaveLength(1);
});

test('a take-over with clean start 0 goes on with the session', async () => {
  const broker = await start();
  const old = await connected(broker, 'c', { clean: false });
  await old.subscribe('t', 1);
  await broker.publish({ topic: 't', payload: 'x', qos: 1 });
  const before = await old.next('publish');
  const young = new RawClient(broker);
  expect((await young.connect({ clientId: 'c', clean: false })).sessionPresent).toBe(true);
  await old.ended();
  expect(await young.next('publish')).toMatchObject({ messageId: before.messageId, dup: true });
});

test('ten clients with one id at once: one is left, and it works', async () => {
  const broker = await start();
  const clients = Array.from({ length: 10 }, (_, i) => new RawClient(broker, i % 2 ? 4 : 5));
  await Promise.allSettled(clients.map((client) => client.connect({ clientId: 'c' })));
  const alive = (): RawClient[] => clients.filter(({ closed }) => !closed);
  while (alive().length > 1) await new Promise((resolve) => setImmediate(resolve));
  await alive()[0]!.subscribe('t');
  alive()[0]!.publish('t', 'x');
  expect(await alive()[0]!.messages()).toHaveLength(1);
});

for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
  test(`a client id, a topic and a filter may be called ${name}`, async () => {
    const broker = await start();
    const client = await connected(broker, name, { clean: false });
    const { granted } = await client.subscribe([
      { topic: name, qos: 1 },
      { topic: 'other', qos: 0 },
    ]);
    expect(granted).toEqual([1, 0]);
    client.publish(name, 'x', { qos: 1 });
    expect((await client.next('publish')).topic).toBe(name);
    client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: [name] });
    await client.next('unsuback');
    const again = await connected(broker, name, { clean: false });
    expect(await again.settle()).toMatchObject([{ cmd: 'publish', dup: true }]);
    expect(broker.state().clients).toHaveLength(1);
  });
}

test('more sessions of absent clients than the limit: the oldest goes', async () => {
  const evicted: string[] = [];
  const broker = await start({
    limits: { offlineSessions: 2 },
    onLimit: (limit, clientId) => void evicted.push(`${limit} ${clientId}`),
  });
  for (const id of ['a', 'b', 'c']) {
    const client = await connected(broker, id, { clean: false });
    await client.disconnect();
  }
  expect(broker.state().clients.map(({ clientId }) => clientId)).toEqual(['b', 'c']);
  expect(evicted).toEqual(['offlineSessions a']);
});

test('more queued messages than the limit: the newest are dropped, the first kept', async () => {
  const broker = await start({ limits: { queuedMessages: 3 } });
  const away = await connected(broker, 'c', { clean: false });
  await away.subscribe('t', 1);
  await away.cut();
  for (const payload of ['1', '2', '3', '4']) await broker.publish({ topic: 't', payload, qos: 1 });
  const back = await connected(broker, 'c', { clean: false });
  expect((await back.messages()).map(({ payload }) => payload.toString())).toEqual(['1', '2', '3']);
});
