/**
 * The scenarios of Eclipse Paho's interoperability suites (client_test.py for 3.1.1, client_test5.py
 * for 5.0), played by our own raw clients. What the gate refuses (a second CONNECT, a wrong protocol
 * name, alias 0, a packet that is too big) is tested with the gate.
 */
import { expect } from 'vitest';
import { connected, type Got, RawClient } from '../raw-client.ts';
import type { EngineSuite } from './engine-suite.ts';

const prefix = 'client_test5/';
const topics = ['TopicA', 'TopicA/B', 'Topic/C', 'TopicA/C', '/TopicA'].map((t) => prefix + t);
const wild = ['TopicA/+', '+/C', '#', '/#', '/+', '+/+', 'TopicA/#'].map((t) => prefix + t);
const kept = { properties: { sessionExpiryInterval: 99_999 } };
const texts = (got: Got[]): string[] => got.map(({ payload }) => String(payload));
/** Answers every PUBLISH and PUBREL, as a whole client does, and gives the messages. */
async function receive(client: RawClient): Promise<Got[]> {
  const got: Got[] = [];
  for (;;) {
    const came = await client.settle();
    if (came.length === 0) return got;
    for (const { cmd, qos, messageId, ...rest } of came) {
      if (cmd === 'publish') got.push({ cmd, qos, messageId, ...rest });
      if (cmd === 'publish' && qos === 1) client.send({ cmd: 'puback', messageId });
      if (cmd === 'publish' && qos === 2) client.send({ cmd: 'pubrec', messageId });
      if (cmd === 'pubrec') client.send({ cmd: 'pubrel', messageId });
      if (cmd === 'pubrel') client.send({ cmd: 'pubcomp', messageId });
    }
  }
}
const threeRetained = (client: RawClient, payload: (n: number) => string): void => {
  [1, 2, 3].forEach((n) =>
    client.publish(topics[n]!, payload(n), { qos: n - 1, retain: true, messageId: 100 + n }),
  );
};

export const pahoScenarios = ({ start, test }: EngineSuite): void => {
  for (const version of [4, 5]) {
    const persistent = version === 5 ? kept : {};
    const join = () =>
      start().then((broker) => ({
        broker,
        a: (more: object = {}) => connected(broker, 'myclientid', more, version),
        b: (more: object = {}) => connected(broker, 'myclientid2', more, version),
      }));

    {
      test(`basic (version ${version})`, async () => {
        const { a } = await join();
        await (await a()).disconnect();
        const client = await a();
        await client.subscribe(topics[0]!, 2);
        for (const qos of [0, 1, 2]) client.publish(topics[0]!, `qos ${qos}`, { qos });
        expect(texts(await receive(client))).toEqual(['qos 0', 'qos 1', 'qos 2']);
      });

      test(`retained message (version ${version})`, async () => {
        const { a } = await join();
        const client = await a();
        const properties = version === 5 ? { userProperties: { a: '2', c: '3' } } : undefined;
        [1, 2, 3].forEach((n) =>
          client.publish(topics[n]!, 'x', { qos: n - 1, retain: true, properties }),
        );
        await receive(client);
        await client.subscribe(wild[5]!, 2);
        const got = await receive(client);
        expect(got.map(({ qos }) => qos).toSorted()).toEqual([0, 1, 2]);
        for (const { properties: its } of got) {
          expect(its?.['userProperties']).toEqual(properties?.userProperties);
        }
        threeRetained(client, () => '');
        await receive(client);
        await client.subscribe(wild[5]!, 2);
        expect(await receive(client)).toEqual([]);
      });

      test(`will message (version ${version})`, async () => {
        const { a, b } = await join();
        const payload = Buffer.from('client not disconnected');
        const client = await a({ will: { topic: topics[2], payload, qos: 0, retain: false } });
        const watcher = await b({ clean: false });
        await watcher.subscribe(topics[2]!, 2);
        await client.cut();
        expect(texts(await receive(watcher))).toEqual(['client not disconnected']);
      });

      test(`zero length client id (version ${version})`, async () => {
        const { broker } = await join();
        const client = new RawClient(broker, version);
        const connack = await client.connect({ clientId: '', clean: true });
        expect(connack.returnCode ?? connack.reasonCode).toBe(0);
        const assigned = connack.properties?.['assignedClientIdentifier'];
        expect(assigned).toEqual(version === 5 ? expect.stringMatching(/./) : undefined);
        if (version === 5) return;
        const refused = new RawClient(broker, version);
        // By hand: mqtt-packet doesn't write what is wrong. Level 4, flags 0, keep alive 0, no id.
        refused.stream.write(Buffer.from([0x10, 12, 0, 4, 77, 81, 84, 84, 4, 0, 0, 0, 0, 0]));
        expect((await refused.next('connack')).returnCode).toBe(2);
        await refused.ended();
      });

      test(`offline message queueing (version ${version})`, async () => {
        const { a, b } = await join();
        const away = await a({ clean: false, ...persistent });
        await away.subscribe(wild[5]!, 2);
        await away.disconnect();
        const publisher = await b();
        [1, 2, 3].forEach((n) => publisher.publish(topics[n]!, `qos ${n - 1}`, { qos: n - 1 }));
        await receive(publisher);
        const back = await a({ clean: false, ...persistent });
        expect(texts(await receive(back))).toEqual(['qos 1', 'qos 2']);
      });

      test(`overlapping subscriptions (version ${version})`, async () => {
        const { a } = await join();
        const client = await a();
        await client.subscribe([
          { topic: wild[6]!, qos: 2 },
          { topic: wild[0]!, qos: 1 },
        ]);
        client.publish(topics[3]!, 'overlapping topic filters', { qos: 2 });
        expect((await receive(client)).map(({ qos }) => qos)).toEqual([2]);
      });

      test(`redelivery on reconnect (version ${version})`, async () => {
        const { b } = await join();
        const client = await b({ clean: false, ...persistent });
        await client.subscribe(wild[6]!, 2);
        client.publish(topics[1]!, '', { qos: 1 });
        await client.publishExactlyOnce(topics[3]!, '');
        // It reads nothing and answers nothing.
        await client.settle();
        await client.disconnect();
        const back = await b({ clean: false, ...persistent });
        const got = await receive(back);
        expect(got.map(({ topic, dup }) => [topic, dup])).toEqual([
          [topics[1], true],
          [topics[3], true],
        ]);
        expect(await receive(back)).toEqual([]);
      });

      test(`$ topics (version ${version})`, async () => {
        const { b } = await join();
        const client = await b();
        await client.subscribe('+/+', 2);
        client.publish('$TopicA/B', '', { qos: 1 });
        expect(await receive(client)).toEqual([]);
      });

      test(`unsubscribe (version ${version})`, async () => {
        const { a, b } = await join();
        const client = await b();
        for (const topic of topics.slice(0, 3)) await client.subscribe(topic, 2);
        client.send({ cmd: 'unsubscribe', messageId: 99, unsubscriptions: [topics[0]!] });
        await client.next('unsuback');
        const publisher = await a();
        [0, 1, 2].forEach((n) => publisher.publish(topics[n]!, `topic ${n}`, { qos: 1 }));
        await receive(publisher);
        expect(texts(await receive(client))).toEqual(['topic 1', 'topic 2']);
      });
    }
  }

  {
    const five = async () => {
      const broker = await start();
      return {
        broker,
        a: (more: object = {}) => connected(broker, 'myclientid', more, 5),
        b: (more: object = {}) => connected(broker, 'myclientid2', more, 5),
        connack: (options: object) =>
          new RawClient(broker, 5).connect({ clientId: 'myclientid', ...options }),
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
      const client = new RawClient(broker, 5);
      const { properties } = await client.connect({ clientId: 'c' });
      const most = properties!['receiveMaximum'] as number;
      for (let n = 0; n <= most; n++) client.publish(topics[0]!, `message ${n}`, { qos: 2 });
      expect((await client.next('disconnect')).reasonCode).toBe(147);
    });

    test('subscription identifiers', async () => {
      const { a, b } = await five();
      const [one, two] = [await a(), await b()];
      await one.subscribe(topics[0]!, 2, { subscriptionIdentifier: 456_789 });
      await two.subscribe(topics[0]!, 2, { subscriptionIdentifier: 2 });
      await two.subscribe(`${topics[0]}/#`, 2, { subscriptionIdentifier: 3 });
      two.publish(topics[0]!, 'sub identifier test', { qos: 1 });
      const idsOf = async (client: RawClient): Promise<unknown> => {
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
  }
};
