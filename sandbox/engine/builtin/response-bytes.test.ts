/** Limits of bytes count all that is kept of a message, wherever it is kept. */
import { describe, expect, test } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected, type BrokerClient } from '../../testing/broker-client.ts';

const text = 'v'.repeat(1000);

describe('what a retained message counts for', () => {
  test.each<[what: string, properties: object]>([
    ['user properties', { userProperties: { name: text } }],
    ['many of them', { userProperties: { name: Array.from({ length: 100 }, () => 'x') } }],
    ['content type', { contentType: text }],
    ['response topic', { responseTopic: text }],
    ['correlation data', { correlationData: Buffer.from(text) }],
  ])('%s', async (_, properties) => {
    const broker = await start({ limits: { retainedBytes: 3500 } });
    const client = await connected(broker, 'c', {}, 5);
    const codes: number[] = [];
    for (let i = 0; i < 5; i++) {
      client.publish(`k/${i}`, 'x', { retain: true, qos: 1, properties });
      codes.push((await client.next('puback')).reasonCode);
    }
    expect(codes).toEqual([0x10, 0x10, 0x10, 0x97, 0x97]);
    expect(broker.state().retained).toHaveLength(3);
    // One that is replaced or removed gives back all that it counted for.
    client.publish('k/0', 'y', { retain: true, qos: 1, properties });
    expect((await client.next('puback')).reasonCode).toBe(0x10);
    client.publish('k/0', '', { retain: true, qos: 1, properties });
    await client.next('puback');
    client.publish('k/4', 'x', { retain: true, qos: 1, properties });
    expect((await client.next('puback')).reasonCode).toBe(0x10);
    // And they come as they were sent.
    await client.subscribe('#');
    const [message] = (await client.settle()).filter(({ topic }) => topic === 'k/4');
    expect({ ...message!.properties }).toEqual(properties);
  });
});

const away = { clean: false };
const window = (client: BrokerClient) =>
  client.messages().then((all) => all.map(({ messageId }) => messageId));

describe('what a room’s sessions keep', () => {
  const limits = { queuedBytes: 3500 };

  test('counts while it is in flight, whatever the window', async () => {
    const over: string[] = [];
    const broker = await start({ maxInflight: 0, limits, onLimit: (limit) => over.push(limit) });
    const silent = await connected(broker, 'silent', away);
    await silent.subscribe('t', 1);
    const publisher = await connected(broker, 'p');
    const logged: string[] = [];
    broker.onLog((_, words) => logged.push(words));
    const send = async (): Promise<void> => {
      publisher.publish('t', text, { qos: 1 });
      await publisher.next('puback');
    };
    for (let i = 0; i < 5; i++) await send();
    const ids = await window(silent);
    expect(ids).toHaveLength(3);
    expect(over).toEqual(['queuedBytes', 'queuedBytes']);
    expect(logged).toContain('Outgoing messages are being dropped for client silent.');
    // It counts no longer once it is acknowledged,
    silent.send({ cmd: 'puback', messageId: ids[0] });
    await silent.settle();
    await send();
    expect(await window(silent)).toHaveLength(1);
    // and still does for a client that is away.
    await silent.cut();
    await send();
    expect(over).toHaveLength(3);
    // A session that ends keeps nothing.
    await connected(broker, 'silent', { clean: true });
    const next = await connected(broker, 'next');
    await next.subscribe('t', 1);
    for (let i = 0; i < 4; i++) await send();
    expect(await window(next)).toHaveLength(3);
  });

  test('is released at the end of a QoS 2 exchange, too', async () => {
    const broker = await start({ limits });
    const client = await connected(broker, 'c');
    await client.subscribe('t', 2);
    for (let i = 0; i < 8; i++) {
      client.publish('t', text, { qos: 1 });
      client.publish('t', text, { qos: 2 });
      const { messageId } = await client.next('pubrec');
      client.send({ cmd: 'pubrel', messageId });
      for (const message of [await client.next('publish'), await client.next('publish')]) {
        const { qos, messageId: id } = message;
        client.send({ cmd: qos === 1 ? 'puback' : 'pubrec', messageId: id });
        if (qos === 1) continue;
        await client.next('pubrel');
        client.send({ cmd: 'pubcomp', messageId: id });
      }
    }
    await client.settle();
    expect(broker.state().clients[0]!.inflight).toEqual([]);
  });

  test('and where the packet is larger than the client takes', async () => {
    const broker = await start({ limits });
    const publisher = await connected(broker, 'p', {}, 5);
    const small = { properties: { maximumPacketSize: 100 } };
    const client = await connected(broker, 'c', small, 5);
    await client.subscribe('t', 1);
    for (let i = 0; i < 8; i++) publisher.publish('t', text, { qos: 1 });
    publisher.publish('t', 'fits', { qos: 1 });
    expect((await client.next('publish')).payload.toString()).toBe('fits');
  });

  test('counts once, however many sessions keep it, with its properties', async () => {
    const broker = await start({ limits });
    for (const id of ['a', 'b', 'c', 'd', 'e']) {
      const client = await connected(broker, id, away);
      await client.subscribe('t', 1);
      await client.cut();
    }
    const queued = (): number[] => broker.state().clients.map((client) => client.queued);
    const publisher = await connected(broker, 'p', {}, 5);
    const properties = { userProperties: { name: text } };
    for (let i = 0; i < 4; i++) {
      publisher.publish('t', 'x', { qos: 1, properties });
      await publisher.next('puback');
    }
    expect(queued()).toEqual([3, 3, 3, 3, 3, 0]);
    const back = await connected(broker, 'a', away);
    for (const messageId of await window(back)) back.send({ cmd: 'puback', messageId });
    await back.settle();
    publisher.publish('t', 'x', { qos: 1, properties });
    await publisher.next('puback');
    // The other four still keep all three.
    expect(queued()).toEqual([0, 3, 3, 3, 3, 0]);
  });
});

test.each([0, 5000])('max_inflight_messages %i: at most what a session may have', async (most) => {
  const limits = { sessionMessages: 4 };
  const broker = await start({ maxInflight: most, maxQueued: most, limits });
  const client = await connected(broker, 'c');
  await client.subscribe('t', 1);
  const publisher = await connected(broker, 'p');
  for (let i = 0; i < 10; i++) publisher.publish('t', 'x', { qos: 1 });
  await publisher.settle();
  expect(await window(client)).toHaveLength(4);
  expect(broker.state().clients[0]!.queued).toBe(4);
});
