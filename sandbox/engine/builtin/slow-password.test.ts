/** A broker that takes a while to say who may come in. */
import { expect, test } from 'vitest';
import type { Credentials } from '../broker.ts';
import { start } from '../../testing/broker-fixture.ts';
import { connected, BrokerClient } from '../../testing/broker-client.ts';

function gate() {
  const asked: (Credentials & { answer(code: number): void })[] = [];
  let wake = (): void => {};
  const authenticate = (client: Credentials): Promise<number> =>
    new Promise((answer) => {
      asked.push({ ...client, answer });
      wake();
    });
  /** Waits until so many have been asked for. */
  const until = async (count: number): Promise<void> => {
    while (asked.length < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { asked, authenticate, until };
}

const connect = (clientId: string) => ({
  cmd: 'connect',
  protocolId: 'MQTT',
  protocolVersion: 4,
  clean: true,
  keepalive: 0,
  clientId,
});

test('what follows CONNECT waits for the answer, in its order', async () => {
  const { asked, authenticate, until } = gate();
  const broker = await start({ authenticate });
  const client = new BrokerClient(broker);
  const subscribe = { cmd: 'subscribe', messageId: 7, subscriptions: [{ topic: 't', qos: 0 }] };
  const publish = { cmd: 'publish', topic: 't', payload: 'x', qos: 1, messageId: 8, retain: false };
  client.send(connect('c'), subscribe, publish);
  await until(1);
  expect(client.got).toEqual([]);
  expect(broker.state().clients).toEqual([]);
  asked[0]!.answer(0);
  const kinds = [];
  while (kinds.length < 4) kinds.push((await client.next()).cmd);
  expect(kinds).toEqual(['connack', 'suback', 'publish', 'puback']);
});

test('a refusal is sent, and packets after it are not processed', async () => {
  const { asked, authenticate, until } = gate();
  const broker = await start({ authenticate });
  const client = new BrokerClient(broker);
  client.send(connect('c'), { cmd: 'publish', topic: 't', payload: 'x', qos: 0, retain: true });
  await until(1);
  asked[0]!.answer(5);
  expect((await client.next('connack')).returnCode).toBe(5);
  await client.ended();
  expect(broker.state()).toEqual({ clients: [], retained: [] });
});

test('of two with one client id the one that is let in last stays', async () => {
  const { asked, authenticate, until } = gate();
  const broker = await start({ authenticate });
  const [first, second] = [new BrokerClient(broker), new BrokerClient(broker)];
  first.send(connect('c'));
  second.send(connect('c'));
  await until(2);
  asked[1]!.answer(0);
  expect((await second.next('connack')).returnCode).toBe(0);
  asked[0]!.answer(0);
  expect((await first.next('connack')).returnCode).toBe(0);
  await second.ended();
  expect(broker.state().clients).toMatchObject([{ clientId: 'c', connected: true }]);
});

test.each([0, 5])('a client that leaves meanwhile leaves nothing behind (%i)', async (code) => {
  const { asked, authenticate, until } = gate();
  const broker = await start({
    authenticate: (one) => (one.clientId === 'seen' ? 0 : authenticate(one)),
  });
  const client = new BrokerClient(broker);
  client.send(connect('c'));
  await until(1);
  client.stream.destroy();
  await client.ended();
  asked[0]!.answer(code);
  const seen = await connected(broker, 'seen');
  await expect
    .poll(async () => {
      await seen.settle();
      return broker.state().clients.map(({ clientId }) => clientId);
    })
    .toEqual(['seen']);
});

test('the broker closes while some wait', async () => {
  const { asked, authenticate, until } = gate();
  const broker = await start({ authenticate });
  const client = new BrokerClient(broker);
  client.send(connect('c'));
  await until(1);
  await broker.close();
  await client.ended();
  asked[0]!.answer(0);
  expect(client.got).toEqual([]);
});
