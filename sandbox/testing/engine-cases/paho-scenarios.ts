/**
 * The scenarios of Eclipse Paho's interoperability suites (client_test.py for 3.1.1, client_test5.py
 * for 5.0), played by our own raw clients. What the gate refuses (a second CONNECT, a wrong protocol
 * name, alias 0, a packet that is too big) is tested with the gate.
 */
import { expect } from 'vitest';
import { connected, BrokerClient } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';
import { kept, receive, texts, topics, wild } from './paho-client.ts';

const threeRetained = (client: BrokerClient, payload: (n: number) => string): void => {
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
        const client = new BrokerClient(broker, version);
        const connack = await client.connect('', { clean: true });
        expect(connack.returnCode ?? connack.reasonCode).toBe(0);
        const assigned = connack.properties?.['assignedClientIdentifier'];
        expect(assigned).toEqual(version === 5 ? expect.stringMatching(/./) : undefined);
        if (version === 5) return;
        const refused = new BrokerClient(broker, version);
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
        await client.deliver(topics[3]!, '', 2);
        // It reads nothing and sends nothing.
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
};
