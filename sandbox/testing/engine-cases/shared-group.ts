/** Shared subscriptions (MQTT 5.0, section 4.8.2), for 3.1.1 clients too. */
import { expect } from 'vitest';
import { connected, type BrokerClient } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

const bodies = async (client: BrokerClient): Promise<string[]> =>
  (await client.messages()).map(({ payload }) => payload.toString());

export const sharedGroup = ({ start, test }: EngineSuite): void => {
  test('each message goes to one member, in turn', async () => {
    const broker = await start();
    const members = [
      await connected(broker, 'a', {}, 5),
      await connected(broker, 'b', {}, 5),
      await connected(broker, 'c', {}, 4),
    ];
    for (const member of members) {
      expect((await member.subscribe('$share/g/t/#', 1)).granted).toEqual([1]);
    }
    const plain = await connected(broker, 'plain');
    await plain.subscribe('t/#');
    for (let i = 0; i < 6; i++) await broker.publish({ topic: 't/x', payload: `${i}`, qos: 1 });
    const got = await Promise.all(members.map(bodies));
    expect(got).toEqual([
      ['0', '3'],
      ['1', '4'],
      ['2', '5'],
    ]);
    expect(await bodies(plain)).toHaveLength(6);
  });

  test('two groups get a message each', async () => {
    const broker = await start();
    const a = await connected(broker, 'a', {}, 5);
    const b = await connected(broker, 'b', {}, 5);
    await a.subscribe('$share/one/t');
    await b.subscribe('$share/two/t');
    await broker.publish({ topic: 't', payload: 'x' });
    expect(await bodies(a)).toEqual(['x']);
    expect(await bodies(b)).toEqual(['x']);
  });

  test('no retained messages come with a shared subscription', async () => {
    const broker = await start();
    await broker.publish({ topic: 't', payload: 'x', retain: true });
    const client = await connected(broker, 'c', {}, 5);
    await client.subscribe('$share/g/t');
    expect(await bodies(client)).toEqual([]);
  });

  test('UNSUBSCRIBE leaves the group', async () => {
    const broker = await start();
    const a = await connected(broker, 'a', {}, 5);
    const b = await connected(broker, 'b', {}, 5);
    for (const client of [a, b]) await client.subscribe('$share/g/t');
    const filters = ['$share/g/t', '$share/g/u'];
    a.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: filters });
    expect((await a.next('unsuback')).granted).toEqual([0, 0x11]);
    for (const payload of ['1', '2']) await broker.publish({ topic: 't', payload });
    expect(await bodies(a)).toEqual([]);
    expect(await bodies(b)).toEqual(['1', '2']);
  });

  test('what a member had not acknowledged goes to another when its session ends', async () => {
    const broker = await start();
    const a = await connected(broker, 'a', {}, 5);
    await a.subscribe('$share/g/t', 2);
    await broker.publish({ topic: 't', payload: 'once', qos: 1 });
    await broker.publish({ topic: 't', payload: 'exactly', qos: 2 });
    expect(await bodies(a)).toEqual(['once', 'exactly']);
    const b = await connected(broker, 'b', {}, 5);
    await b.subscribe('$share/g/t', 2);
    await a.cut();
    // [MQTT-4.8.2-5] A QoS 2 message that was sent goes to no other client.
    expect(await bodies(b)).toEqual(['once']);
  });

  test('a member that is away gets nothing while another is there, and keeps what it is owed', async () => {
    const broker = await start();
    const kept = { properties: { sessionExpiryInterval: 60 } };
    const away = await connected(broker, 'away', kept, 5);
    const here = await connected(broker, 'here', {}, 5);
    for (const client of [away, here]) await client.subscribe('$share/g/t', 1);
    await away.cut();
    for (const payload of ['1', '2']) await broker.publish({ topic: 't', payload, qos: 1 });
    expect(await bodies(here)).toEqual(['1', '2']);
    await here.disconnect();
    // Both were sent and not acknowledged: passed on, and the third finds only the absent member.
    await broker.publish({ topic: 't', payload: '3', qos: 1 });
    const back = await connected(broker, 'away', { ...kept, clean: false }, 5);
    expect(await bodies(back)).toEqual(['1', '2', '3']);
  });

  test('a group without a name, or with a wildcard in it, is refused [MQTT-4.8.2-1]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c', {}, 5);
    const filters = ['$share//t', '$share/+/t', '$share/g/', '$share/g'];
    const { granted } = await client.subscribe(filters.map((topic) => ({ topic, qos: 0 })));
    expect(granted).toEqual([0x8f, 0x8f, 0x8f, 0x8f]);
  });

  test("a filter that looks like ours inside is nobody else's", async () => {
    const broker = await start();
    const client = await connected(broker, 'c', {}, 5);
    await client.subscribe('a/$share/g');
    await broker.publish({ topic: 'a/$share/g', payload: 'x' });
    expect(await bodies(client)).toEqual(['x']);
  });
};
