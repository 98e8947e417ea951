/** What a subscriber gets of a PUBLISH: QoS, flags, order, retained messages. */
import { expect } from 'vitest';
import { connected, BrokerClient } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

const payloads = (got: { payload: Buffer }[]): string[] => got.map((p) => p.payload.toString());

export const delivery = ({ start, test }: EngineSuite): void => {
  test('the granted QoS is the most that comes, by wildcard too 3.1.1 [MQTT-3.8.4-6], 5.0 [MQTT-3.8.4-8]', async () => {
    const broker = await start();
    const publisher = await connected(broker, 'p');
    for (const granted of [0, 1, 2]) {
      const client = await connected(broker, `s${granted}`);
      await client.subscribe('t/#', granted);
      await publisher.deliver('t/a', 'x', 2);
      expect((await client.next('publish')).qos).toBe(granted);
    }
  });

  test('a message that waited has the granted QoS too', async () => {
    const broker = await start();
    const away = await connected(broker, 'away', { clean: false });
    await away.subscribe('t/#', 1);
    await away.cut();
    const publisher = await connected(broker, 'p');
    await publisher.deliver('t/a', 'x', 2);
    const back = await connected(broker, 'away', { clean: false });
    expect(await back.next('publish')).toMatchObject({ qos: 1, dup: false });
  });

  test('a retained message has the granted QoS, and RETAIN 1 only for a new subscription 3.1.1 [MQTT-3.3.1-8] [MQTT-3.3.1-9]', async () => {
    const broker = await start();
    const publisher = await connected(broker, 'p');
    const early = await connected(broker, 'early');
    await early.subscribe('t/#', 2);
    await publisher.deliver('t/a', 'x', 2, { retain: true });
    expect(await early.next('publish')).toMatchObject({ qos: 2, retain: false });
    const late = await connected(broker, 'late');
    await late.subscribe('t/#', 0);
    expect(await late.next('publish')).toMatchObject({ qos: 0, retain: true });
  });

  test('SUBACK comes before the retained messages', async () => {
    const broker = await start();
    await broker.publish({ topic: 't', payload: 'x', retain: true });
    const client = await connected(broker, 'c');
    client.send({ cmd: 'subscribe', messageId: 9, subscriptions: [{ topic: 't', qos: 0 }] });
    expect((await client.next()).cmd).toBe('suback');
    expect((await client.next()).cmd).toBe('publish');
  });

  test('an empty retained payload forgets the message, and is itself delivered 3.1.1 [MQTT-3.3.1-10], 5.0 [MQTT-3.3.1-6]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c');
    client.publish('t', 'x', { retain: true });
    await client.settle();
    await client.subscribe('t');
    expect(payloads(await client.messages())).toEqual(['x']);
    client.publish('t', '', { retain: true });
    const [empty] = await client.messages();
    expect(empty).toMatchObject({ retain: false });
    expect(empty!.payload).toHaveLength(0);
    await client.subscribe('t');
    expect(await client.messages()).toEqual([]);
  });

  test('overlapping subscriptions give one message at the highest QoS 3.1.1 [MQTT-3.3.5-1], 5.0 [MQTT-3.3.4-2]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c');
    await client.subscribe('t/+', 0);
    await client.subscribe('t/#', 2);
    await client.subscribe('t/a', 1);
    await client.deliver('t/a', 'x', 2);
    const messages = await client.messages();
    expect(messages).toHaveLength(1);
    expect(messages[0]!.qos).toBe(2);
  });

  test('an incoming DUP is not passed on [MQTT-3.3.1-3]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c');
    await client.subscribe('t', 1);
    client.publish('t', 'x', { qos: 1, dup: true });
    expect((await client.next('publish')).dup).toBe(false);
  });

  test('a message that is sent again has DUP 1 and its packet identifier [MQTT-3.3.1-1] [MQTT-4.4.0-1]', async () => {
    const broker = await start();
    const first = await connected(broker, 'c', { clean: false });
    await first.subscribe('t', 2);
    const publisher = await connected(broker, 'p');
    publisher.publish('t', 'm1', { qos: 1 });
    await publisher.deliver('t', 'm2', 2);
    publisher.publish('t', 'm3', { qos: 1 });
    const before = [await first.next('publish'), await first.next('publish')];
    before.push(await first.next('publish'));
    await first.cut();
    const again = await connected(broker, 'c', { clean: false });
    const after = await again.messages();
    expect(after.map(({ dup }) => dup)).toEqual([true, true, true]);
    expect(after.map(({ messageId }) => messageId)).toEqual(before.map((p) => p.messageId));
    expect(payloads(after)).toEqual(['m1', 'm2', 'm3']);
  });

  test('after PUBREC only PUBREL is sent again 3.1.1 [MQTT-4.3.3-1], 5.0 [MQTT-4.3.3-6]', async () => {
    const broker = await start();
    const first = await connected(broker, 'c', { clean: false });
    await first.subscribe('t', 2);
    const publisher = await connected(broker, 'p');
    await publisher.deliver('t', 'x', 2);
    const { messageId } = await first.next('publish');
    first.send({ cmd: 'pubrec', messageId });
    await first.next('pubrel');
    await first.cut();
    const again = await connected(broker, 'c', { clean: false });
    const came = await again.settle();
    expect(came.map(({ cmd }) => cmd)).toEqual(['pubrel']);
    expect(came[0]!.messageId).toBe(messageId);
    again.send({ cmd: 'pubcomp', messageId });
    await again.settle();
    await again.cut();
    const third = await connected(broker, 'c', { clean: false });
    expect(await third.settle()).toEqual([]);
  });

  test('messages of one topic and QoS keep their order 3.1.1 [MQTT-4.6.0-6], 5.0 [MQTT-4.6.0-5]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c');
    await client.subscribe('t', 1);
    const publisher = await connected(broker, 'p');
    const wanted = Array.from({ length: 60 }, (_, i) => `${i}`);
    // More than there may be in flight; every other one is retained.
    publisher.send(
      ...wanted.map((payload, i) => ({
        cmd: 'publish',
        topic: 't',
        payload,
        qos: 1,
        messageId: i + 1,
        retain: i % 2 === 0,
        dup: false,
      })),
    );
    const got: string[] = [];
    while (got.length < wanted.length) {
      const message = await client.next('publish');
      got.push(message.payload.toString());
      client.send({ cmd: 'puback', messageId: message.messageId });
    }
    expect(got).toEqual(wanted);
  });

  test('QoS 0: retained and not, in one segment, keep their order', async () => {
    const broker = await start();
    const client = await connected(broker, 'c');
    await client.subscribe('t', 0);
    const publish = (payload: string, retain: boolean): object => ({
      cmd: 'publish',
      topic: 't',
      payload,
      qos: 0,
      retain,
      dup: false,
    });
    client.send(publish('1', true), publish('2', false), publish('3', true), publish('4', false));
    expect(payloads(await client.messages())).toEqual(['1', '2', '3', '4']);
  });

  test('SUBSCRIBE and PUBLISH in one segment: the client gets its own message', async () => {
    const broker = await start();
    const client = await connected(broker, 'c');
    client.send(
      { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 0 }] },
      { cmd: 'publish', topic: 't', payload: 'x', qos: 0, retain: false, dup: false },
    );
    expect((await client.settle()).map(({ cmd }) => cmd)).toEqual(['suback', 'publish']);
  });

  test('CONNECT and all that follows in one segment is taken', async () => {
    const broker = await start();
    const client = new BrokerClient(broker);
    const publishes = Array.from({ length: 60 }, (_, i) => ({
      cmd: 'publish',
      topic: 't',
      payload: `${i}`,
      qos: 1,
      messageId: i + 1,
      retain: false,
      dup: false,
    }));
    client.send(
      {
        cmd: 'connect',
        protocolId: 'MQTT',
        protocolVersion: 4,
        clean: true,
        keepalive: 0,
        clientId: 'c',
      },
      { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 0 }] },
      ...publishes,
      { cmd: 'pingreq' },
    );
    await client.next('pingresp');
    const came = await client.settle();
    expect(came[0]!.cmd).toBe('connack');
    expect(came.filter(({ cmd }) => cmd === 'publish')).toHaveLength(60);
    expect(came.filter(({ cmd }) => cmd === 'puback')).toHaveLength(60);
  });

  test('$ topics are not matched by a wildcard at the start [MQTT-4.7.2-1]', async () => {
    const broker = await start();
    const client = await connected(broker, 'c');
    await client.subscribe('#');
    await client.subscribe('+/a');
    client.publish('$own/a', 'x');
    expect(await client.messages()).toEqual([]);
    await client.subscribe('$own/#');
    client.publish('$own/a', 'x');
    expect(await client.messages()).toHaveLength(1);
  });
};
