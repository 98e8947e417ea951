/** The scenarios of Eclipse Paho's client_test5.py that only MQTT 5.0 has. */
import { expect } from 'vitest';
import { connected, BrokerClient } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';
import { kept, prefix, receive, texts, topics } from './paho-client.ts';

export const pahoScenarios5 = ({ start, test }: EngineSuite): void => {
  const five = async () => {
    const broker = await start();
    return {
      broker,
      a: (more: object = {}) => connected(broker, 'myclientid', more, 5),
      b: (more: object = {}) => connected(broker, 'myclientid2', more, 5),
      connack: (options: object) => new BrokerClient(broker, 5).connect('myclientid', options),
    };
  };

  test('request and response', async () => {
    const { a, b } = await five();
    const [requester, responder] = [await a(), await b()];
    for (const client of [requester, responder]) {
      await client.subscribe([{ topic: topics[0], qos: 2, nl: true }]);
    }
    const properties = { responseTopic: topics[0]!, correlationData: Buffer.from('334') };
    requester.publish(topics[0]!, 'request', { qos: 1, properties });
    const [request] = await receive(responder);
    expect(request!.properties).toEqual(properties);
    responder.publish(request!.properties!['responseTopic'] as string, 'response', { qos: 1 });
    expect(texts(await receive(requester))).toEqual(['response']);
  });

  test('topic aliases of the client end with the connection, its subscriptions do not', async () => {
    const { a } = await five();
    const client = await a(kept);
    await client.subscribe(topics[0]!, 2);
    const alias = { qos: 1, properties: { topicAlias: 1 } };
    client.publish(topics[0]!, 'topic alias 1', alias).publish('', 'topic alias 2', alias);
    expect(await receive(client)).toHaveLength(2);
    await client.disconnect();
    const back = await a({ clean: false });
    back.publish(topics[0]!, 'topic alias 3', { qos: 1 });
    expect(await receive(back)).toHaveLength(1);
    back.publish('', 'topic alias 4', alias);
    expect((await back.next('disconnect')).reasonCode).toBe(0x94);
  });

  test('topic aliases of the server, only where the client takes some', async () => {
    const { a } = await five();
    for (const topicAliasMaximum of [1, 0]) {
      const client = await a({ properties: { topicAliasMaximum } });
      await client.subscribe(topics[0]!, 2);
      for (const qos of [0, 1, 2]) client.publish(topics[0]!, 'topic alias 1', { qos });
      const got = await receive(client);
      expect(got.map(({ properties }) => properties?.['topicAlias'])).toEqual(
        topicAliasMaximum ? [1, 1, 1] : [undefined, undefined, undefined],
      );
      expect(got.map(({ topic }) => topic)).toEqual(
        topicAliasMaximum ? [topics[0], '', ''] : [topics[0], topics[0], topics[0]],
      );
    }
  });

  test('flow control towards the client', async () => {
    const { a } = await five();
    const client = await a({ properties: { receiveMaximum: 2 } });
    await client.subscribe(topics[0]!, 2);
    for (const n of [1, 2, 3]) client.publish(topics[0]!, `message ${n}`, { qos: 1 });
    const got = await client.messages();
    expect(texts(got)).toEqual(['message 1', 'message 2']);
    client.send({ cmd: 'puback', messageId: got[0]!.messageId });
    expect(texts(await client.messages())).toEqual(['message 3']);
  });

  test('flow control towards the server', async () => {
    const { broker } = await five();
    const client = new BrokerClient(broker, 5);
    const { properties } = await client.connect('c');
    const most = properties!['receiveMaximum'] as number;
    for (let n = 0; n <= most; n++) client.publish(topics[0]!, `message ${n}`, { qos: 2 });
    expect((await client.next('disconnect')).reasonCode).toBe(147);
  });

  test('subscription identifiers', async () => {
    const { a, b } = await five();
    const [one, two] = [await a(), await b()];
    await one.subscribe(topics[0]!, 2, { properties: { subscriptionIdentifier: 456_789 } });
    await two.subscribe(topics[0]!, 2, { properties: { subscriptionIdentifier: 2 } });
    await two.subscribe(`${topics[0]}/#`, 2, { properties: { subscriptionIdentifier: 3 } });
    two.publish(topics[0]!, 'sub identifier test', { qos: 1 });
    const idsOf = async (client: BrokerClient): Promise<unknown> => {
      const got = await receive(client);
      expect(got).toHaveLength(1);
      return [got[0]!.properties!['subscriptionIdentifier']].flat();
    };
    expect(await idsOf(two)).toEqual(expect.arrayContaining([2, 3]));
    expect(await idsOf(one)).toEqual([456_789]);
  });

  test('maximum packet size of the client', async () => {
    const { a } = await five();
    const client = await a({ properties: { maximumPacketSize: 64 } });
    await client.subscribe(topics[0]!, 2);
    client.publish(topics[0]!, '.'.repeat(32)).publish(topics[0]!, '.'.repeat(64), { qos: 1 });
    expect(await receive(client)).toHaveLength(1);
  });

  test('shared subscriptions', async () => {
    const { a, b } = await five();
    const members = [await a(), await b()];
    for (const client of members) {
      await client.subscribe(
        [`$share/sharename/${prefix}x`, topics[0]!].map((topic) => ({ topic, qos: 2 })),
      );
    }
    members[1]!.publish(topics[0]!, 'to both').publish(`${prefix}x`, 'to one');
    const got = texts([...(await receive(members[1]!)), ...(await receive(members[0]!))]);
    expect(got.toSorted()).toEqual(['to both', 'to both', 'to one']);
  });
};
