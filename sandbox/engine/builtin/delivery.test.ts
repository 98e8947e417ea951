/** What a subscriber gets of a PUBLISH: QoS, flags, order, retained messages. */
import { expect, test } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected } from '../../testing/broker-client.ts';

const payloads = (got: { payload: Buffer }[]): string[] => got.map((p) => p.payload.toString());

test('$SYS is closed to clients: 3.1.1 acknowledges and drops, 5.0 says 0x87', async () => {
  const broker = await start();
  const old = await connected(broker, 'old');
  await old.subscribe('$SYS/#');
  await old.settle();
  old.publish('$SYS/broker/version', 'mine', { qos: 1, retain: true });
  await old.next('puback');
  const five = await connected(broker, 'five', {}, 5);
  five.publish('$SYS/aedes/new/clients', 'mine', { qos: 1 });
  expect((await five.next('puback')).reasonCode).toBe(0x87);
  five.publish('$SYS/x', 'mine', { qos: 2 });
  expect((await five.next('pubrec')).reasonCode).toBe(0x87);
  expect(payloads(await old.messages())).not.toContain('mine');
  expect(broker.state().retained).toEqual([]);
});

test('messages of aedes about clients under $SYS/<its id> reach no subscriber', async () => {
  const broker = await start();
  const client = await connected(broker, 'c');
  await client.subscribe('$SYS/#');
  await client.settle();
  await connected(broker, 'secret');
  const topics = (await client.messages()).map(({ topic }) => topic);
  expect(topics.filter((topic) => !topic.startsWith('$SYS/broker/'))).toEqual([]);
});

test('what is kept holds its own bytes only, not the chunk in which it came', async () => {
  const broker = await start();
  const away = await connected(broker, 'away', { clean: false });
  await away.subscribe('t', 1);
  const client = await connected(broker, 'c');
  const publish = (payload: Buffer, retain: boolean): object => ({
    cmd: 'publish',
    topic: 't',
    payload,
    qos: 1,
    messageId: 1,
    retain,
    dup: false,
  });
  client.send(publish(Buffer.from('small'), true), publish(Buffer.alloc(60_000), false));
  await client.settle();
  const [kept] = broker.state().retained;
  expect(kept!.payload.buffer.byteLength).toBe(5);
  // Both went to the subscriber whole.
  expect((await away.messages()).map(({ payload }) => payload.length)).toEqual([5, 60_000]);
});
