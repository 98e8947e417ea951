/** QoS 2 towards the broker and from it: exactly once, whatever comes twice (section 4.3.3). */
import { expect, test } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected } from '../../testing/raw-client.ts';

const publish = (messageId: number, payload = 'x', dup = false): object => ({
  cmd: 'publish',
  topic: 't',
  payload,
  qos: 2,
  messageId,
  dup,
  retain: false,
});

test('the same PUBLISH twice in one segment is one message 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-10]', async () => {
  const broker = await start();
  const watcher = await connected(broker, 'w');
  await watcher.subscribe('t', 0);
  const client = await connected(broker, 'c');
  client.send(publish(7), publish(7, 'x', true));
  await client.next('pubrec');
  await client.next('pubrec');
  await client.settle();
  expect(await watcher.messages()).toHaveLength(1);
});

test('PUBLISH, PUBREL and the next PUBLISH with the same identifier in one segment are two messages', async () => {
  const broker = await start();
  const watcher = await connected(broker, 'w');
  await watcher.subscribe('t', 0);
  const client = await connected(broker, 'c');
  client.send(publish(7, 'a'), { cmd: 'pubrel', messageId: 7 }, publish(7, 'b'));
  await client.next('pubcomp');
  await client.settle();
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
  await second.settle();
  expect((await watcher.messages()).map(({ payload }) => payload.toString())).toEqual(['a', 'b']);
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
  await second.settle();
  expect(await watcher.messages()).toHaveLength(1);
  expect(broker.state().clients.find(({ clientId }) => clientId === 'c')!.inflight).toEqual([
    { packetId: 7, direction: 'to-broker', qos: 2, waitsFor: 'PUBREL' },
  ]);
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
    await client.settle();
    expect(broker.state().clients[0]!.inflight).toEqual([]);
  });
}

test('a PUBREC that refuses ends the exchange without PUBREL (5.0, section 4.3.3)', async () => {
  const broker = await start();
  const client = await connected(broker, 'c', {}, 5);
  await client.subscribe('t', 2);
  await broker.publish({ topic: 't', payload: 'x', qos: 2 });
  const { messageId } = await client.next('publish');
  client.send({ cmd: 'pubrec', messageId, reasonCode: 0x83 });
  expect((await client.settle()).map(({ cmd }) => cmd)).toEqual([]);
  expect(broker.state().clients[0]!.inflight).toEqual([]);
});

test('a PUBREC for nothing is answered, in 5.0 with 0x92', async () => {
  const broker = await start();
  const client = await connected(broker, 'c', {}, 5);
  client.send({ cmd: 'pubrec', messageId: 99 });
  expect((await client.next('pubrel')).reasonCode).toBe(0x92);
});
