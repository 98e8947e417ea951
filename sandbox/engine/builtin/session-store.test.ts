/** What outlives a connection, and what doesn't (MQTT 5.0, sections 3.1.2.4, 3.1.2.11.2, 4.1). */
import { afterEach, expect, test, vi } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected, BrokerClient } from '../../testing/broker-client.ts';

afterEach(() => void vi.useRealTimers());
const expiry = (seconds: number): object => ({ properties: { sessionExpiryInterval: seconds } });

test('5.0: the session lives its interval, and no longer', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const broker = await start();
  const first = await connected(broker, 'c', { clean: true, ...expiry(5) }, 5);
  await first.subscribe('t', 1);
  await first.disconnect();
  vi.advanceTimersByTime(4000);
  const second = new BrokerClient(broker, 5);
  expect(await second.connect('c', { clean: false, ...expiry(5) })).toMatchObject({
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
  const second = new BrokerClient(broker, 5);
  expect((await second.connect('c', { clean: false, ...expiry(9) })).sessionPresent).toBe(true);
  await second.disconnect(expiry(0));
  expect(broker.state().clients).toEqual([]);
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

test('expired messages make room in the queue of an absent session', async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const broker = await start({ maxQueued: 3 });
  const first = await connected(broker, 'c', { clean: true, ...expiry(600) }, 5);
  await first.subscribe('t', 1);
  await first.cut();
  const publisher = await connected(broker, 'p', {}, 5);
  const publish = async (payload: string, seconds: number) => {
    publisher.publish('t', payload, { qos: 1, properties: { messageExpiryInterval: seconds } });
    await publisher.next('puback');
  };
  for (const payload of ['old 1', 'old 2', 'old 3']) await publish(payload, 1);
  const queued = () => broker.state().clients.find(({ clientId }) => clientId === 'c')!.queued;
  expect(queued()).toBe(3);
  vi.setSystemTime(Date.now() + 4000);
  await publish('fresh', 60);
  expect(queued()).toBe(1);
  const second = await connected(broker, 'c', { clean: false }, 5);
  expect((await second.messages()).map(({ payload }) => payload.toString())).toEqual(['fresh']);
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
