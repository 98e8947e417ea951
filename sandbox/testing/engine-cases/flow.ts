/** What a 5.0 client says in CONNECT that it takes, and topic aliases both ways. */
import { expect } from 'vitest';
import { connected } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

export const flow = ({ start, test }: EngineSuite): void => {
  test("the client's receive maximum is kept, also after a reconnect [MQTT-3.3.4-9]", async () => {
    const broker = await start();
    const options = { properties: { receiveMaximum: 2, sessionExpiryInterval: 60 } };
    const client = await connected(broker, 'c', options, 5);
    await client.subscribe('t', 2);
    for (const n of [1, 2, 3, 4]) {
      await broker.publish({ topic: 't', payload: `${n}`, qos: n === 2 ? 2 : 1 });
    }
    const first = await client.messages();
    expect(first.map(({ payload }) => payload.toString())).toEqual(['1', '2']);
    // PUBREC doesn't free a place, PUBCOMP and PUBACK do.
    client.send({ cmd: 'pubrec', messageId: first[1]!.messageId });
    await client.next('pubrel');
    expect(await client.messages()).toEqual([]);
    client.send({ cmd: 'puback', messageId: first[0]!.messageId });
    expect((await client.next('publish')).payload.toString()).toBe('3');
    await client.cut();
    const narrow = { properties: { receiveMaximum: 1, sessionExpiryInterval: 60 }, clean: false };
    const again = await connected(broker, 'c', narrow, 5);
    expect((await again.settle()).map(({ cmd }) => cmd)).toEqual(['pubrel']);
    again.send({ cmd: 'pubcomp', messageId: first[1]!.messageId });
    const third = await again.next('publish');
    expect(third).toMatchObject({ dup: true });
    expect(await again.messages()).toEqual([]);
    again.send({ cmd: 'puback', messageId: third.messageId });
    expect((await again.next('publish')).payload.toString()).toBe('4');
  });

  test("a packet above the client's maximum is not sent, and the rest goes on [MQTT-3.1.2-24] [MQTT-3.1.2-25]", async () => {
    const broker = await start();
    const client = await connected(broker, 'c', { properties: { maximumPacketSize: 64 } }, 5);
    await client.subscribe('t', 1);
    for (const payload of ['.'.repeat(64), 'small']) {
      for (const qos of [0, 1] as const) await broker.publish({ topic: 't', payload, qos });
    }
    expect((await client.messages()).map(({ payload }) => payload.toString())).toEqual([
      'small',
      'small',
    ]);
  });

  test('topic aliases of the client are understood, and end with the connection', async () => {
    const broker = await start();
    const client = await connected(broker, 'c', {}, 5);
    await client.subscribe('long/topic');
    const alias = (topicAlias: number): object => ({ properties: { topicAlias } });
    client.publish('long/topic', '1', alias(1)).publish('', '2', alias(1));
    const got = await client.messages();
    expect(got.map(({ topic }) => topic)).toEqual(['long/topic', 'long/topic']);
    expect(got.map(({ properties }) => properties?.['topicAlias'])).toEqual([undefined, undefined]);
    client.publish('', 'x', alias(2));
    expect((await client.next('disconnect')).reasonCode).toBe(0x94);
  });

  test('topics get aliases where the client takes some [MQTT-3.1.2-26] [MQTT-3.1.2-27]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c', { properties: { topicAliasMaximum: 1 } }, 5);
    await client.subscribe('#', 2);
    for (const topic of ['a', 'a', 'b', 'a']) await broker.publish({ topic, payload: 'x', qos: 1 });
    const got = await client.messages();
    expect(got.map(({ topic }) => topic)).toEqual(['a', '', 'b', '']);
    expect(got.map(({ properties }) => properties?.['topicAlias'])).toEqual([1, 1, undefined, 1]);
  });
};
