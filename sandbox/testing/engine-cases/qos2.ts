/** QoS 2 towards the broker and from it: exactly once, whatever comes twice (section 4.3.3). */
import { expect } from 'vitest';
import { connected } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

const publish = (messageId: number, payload = 'x', dup = false): object => ({
  cmd: 'publish',
  topic: 't',
  payload,
  qos: 2,
  messageId,
  dup,
  retain: false,
});

const pubrel = { cmd: 'pubrel', messageId: 7 };

export const qos2 = ({ start, test }: EngineSuite): void => {
  test('the same PUBLISH twice in one segment is one message 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-10]', async () => {
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('t', 0);
    const client = await connected(broker, 'c');
    client.send(publish(7), publish(7, 'x', true));
    await client.next('pubrec');
    await client.next('pubrec');
    client.send(pubrel);
    await client.next('pubcomp');
    expect(await watcher.messages()).toHaveLength(1);
  });

  test('PUBLISH, PUBREL and the next PUBLISH with the same identifier in one segment are two messages', async () => {
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('t', 0);
    const client = await connected(broker, 'c');
    client.send(publish(7, 'a'), pubrel, publish(7, 'b'), pubrel);
    await client.next('pubcomp');
    await client.next('pubcomp');
    expect((await watcher.messages()).map(({ payload }) => payload.toString())).toEqual(['a', 'b']);
  });

  test('an identifier of a session that a clean start ended is free again 3.1.1 [MQTT-3.1.2-6], 5.0 [MQTT-3.1.2-4]', async () => {
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('t', 0);
    const first = await connected(broker, 'c', { clean: false });
    first.send(publish(7, 'a'));
    await first.next('pubrec');
    await first.cut();
    const second = await connected(broker, 'c', { clean: true });
    second.send(publish(7, 'b'));
    await second.next('pubrec');
    second.send(pubrel);
    await second.next('pubcomp');
    // Whether 'a' was routed at its PUBLISH is the broker's choice (section 4.3.3).
    expect((await watcher.messages()).at(-1)!.payload.toString()).toBe('b');
  });

  test('a session that goes on remembers what it has received', async () => {
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('t', 0);
    const first = await connected(broker, 'c', { clean: false });
    first.send(publish(7));
    await first.next('pubrec');
    await first.cut();
    const second = await connected(broker, 'c', { clean: false });
    second.send(publish(7, 'x', true));
    await second.next('pubrec');
    second.send(pubrel);
    await second.next('pubcomp');
    expect(await watcher.messages()).toHaveLength(1);
  });

  for (const version of [4, 5] as const) {
    test(`three PUBRECs in one segment get their own PUBRELs (version ${version})`, async () => {
      const broker = await start();
      const client = await connected(broker, 'c', {}, version);
      await client.subscribe('t', 2);
      for (const payload of ['a', 'b', 'c']) await broker.publish({ topic: 't', payload, qos: 2 });
      const ids: number[] = [];
      for (let i = 0; i < 3; i++) ids.push((await client.next('publish')).messageId);
      client.send(...ids.map((messageId) => ({ cmd: 'pubrec', messageId })));
      const answered: number[] = [];
      for (let i = 0; i < 3; i++) answered.push((await client.next('pubrel')).messageId);
      expect(answered).toEqual(ids);
      client.send(...ids.map((messageId) => ({ cmd: 'pubcomp', messageId })));
      expect(await client.settle()).toEqual([]);
    });
  }

  test('a PUBREC that refuses ends the exchange without PUBREL (5.0, section 4.3.3)', async () => {
    const broker = await start();
    const session = { properties: { sessionExpiryInterval: 60 } };
    const client = await connected(broker, 'c', session, 5);
    await client.subscribe('t', 2);
    await broker.publish({ topic: 't', payload: 'x', qos: 2 });
    const { messageId } = await client.next('publish');
    client.send({ cmd: 'pubrec', messageId, reasonCode: 0x83 });
    expect((await client.settle()).map(({ cmd }) => cmd)).toEqual([]);
    await client.cut();
    const again = await connected(broker, 'c', { ...session, clean: false }, 5);
    expect(await again.settle()).toEqual([]);
  });

  test('a PUBREC for nothing is answered, in 5.0 with 0x92', async () => {
    const broker = await start();
    const client = await connected(broker, 'c', {}, 5);
    client.send({ cmd: 'pubrec', messageId: 99 });
    expect((await client.next('pubrel')).reasonCode).toBe(0x92);
  });
};
