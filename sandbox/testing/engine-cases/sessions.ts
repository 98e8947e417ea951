/** What outlives a connection, and what does not (MQTT 5.0, sections 3.1.2.4, 3.1.2.11.2, 4.1). */
import { expect } from 'vitest';
import { connected, BrokerClient } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

const expiry = (seconds: number): object => ({ properties: { sessionExpiryInterval: seconds } });

export const sessions = ({ start, test }: EngineSuite): void => {
  test('a session without subscriptions is kept too 3.1.1 [MQTT-3.2.2-2], 5.0 [MQTT-3.2.2-3]', async () => {
    const broker = await start();
    const first = new BrokerClient(broker);
    expect((await first.connect('c', { clean: false })).sessionPresent).toBe(false);
    await first.disconnect();
    const again = new BrokerClient(broker);
    expect((await again.connect('c', { clean: false })).sessionPresent).toBe(true);
  });

  test('a clean session ends with its connection, and a clean start ends the one before', async () => {
    const broker = await start();
    const kept = await connected(broker, 'c', { clean: false });
    await kept.subscribe('t', 1);
    await kept.cut();
    const clean = new BrokerClient(broker);
    expect((await clean.connect('c', { clean: true })).sessionPresent).toBe(false);
    await broker.publish({ topic: 't', payload: 'x', qos: 1 });
    expect(await clean.messages()).toEqual([]);
    await clean.disconnect();
    const again = new BrokerClient(broker);
    expect((await again.connect('c', { clean: false })).sessionPresent).toBe(false);
  });

  test('5.0: without an expiry interval the session ends with the connection', async () => {
    const broker = await start();
    const first = await connected(broker, 'c', { clean: false }, 5);
    await first.subscribe('t', 1);
    await first.disconnect();
    const again = new BrokerClient(broker, 5);
    expect((await again.connect('c', { clean: false })).sessionPresent).toBe(false);
  });

  test('5.0: clean start 1 with an interval is a new session that is kept', async () => {
    const broker = await start();
    const first = await connected(broker, 'c', { clean: true, ...expiry(60) }, 5);
    await first.subscribe('t', 1);
    await first.cut();
    await broker.publish({ topic: 't', payload: 'while away', qos: 1 });
    const second = new BrokerClient(broker, 5);
    expect((await second.connect('c', { clean: false })).sessionPresent).toBe(true);
    expect((await second.next('publish')).payload.toString()).toBe('while away');
  });

  test('5.0: clean start 0 finds the queue, and its own interval holds from then on', async () => {
    const broker = await start();
    const first = await connected(broker, 'c', { clean: true, ...expiry(60) }, 5);
    await first.subscribe('t', 1);
    await first.cut();
    for (const payload of ['1', '2']) await broker.publish({ topic: 't', payload, qos: 1 });
    const second = await connected(broker, 'c', { clean: false }, 5);
    expect(await second.messages()).toHaveLength(2);
    await second.disconnect();
    const third = new BrokerClient(broker, 5);
    expect((await third.connect('c', { clean: false })).sessionPresent).toBe(false);
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

  test('a second client with the same id takes over; 5.0 gets 0x8E: 3.1.1 [MQTT-3.1.4-2], 5.0 [MQTT-3.1.4-3]', async () => {
    const broker = await start();
    const old = await connected(broker, 'c', {}, 5);
    const young = new BrokerClient(broker, 5);
    expect((await young.connect('c')).reasonCode).toBe(0);
    expect((await old.next('disconnect')).reasonCode).toBe(0x8e);
    await old.ended();
    expect(await young.settle()).toEqual([]);
  });

  test('a take-over with clean start 0 goes on with the session', async () => {
    const broker = await start();
    const old = await connected(broker, 'c', { clean: false });
    await old.subscribe('t', 1);
    await broker.publish({ topic: 't', payload: 'x', qos: 1 });
    const before = await old.next('publish');
    const young = new BrokerClient(broker);
    expect((await young.connect('c', { clean: false })).sessionPresent).toBe(true);
    await old.ended();
    expect(await young.next('publish')).toMatchObject({ messageId: before.messageId, dup: true });
  });

  test('ten clients with one id at once: one is left, and it works', async () => {
    const broker = await start();
    const clients = Array.from({ length: 10 }, (_, i) => new BrokerClient(broker, i % 2 ? 4 : 5));
    await Promise.allSettled(clients.map((client) => client.connect('c')));
    const alive = (): BrokerClient[] => clients.filter(({ closed }) => !closed);
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
    });
  }
};
