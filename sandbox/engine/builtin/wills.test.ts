/** Wills (sections 3.1.2.5, 3.1.3.2) and the ends of connections that send them. */
import { afterEach, expect, test, vi } from 'vitest';
import { start } from '../../testing/broker-fixture.ts';
import { connected, type BrokerClient } from '../../testing/broker-client.ts';
import type { ReceivedPacket } from '../../testing/mqtt-client.ts';

afterEach(() => void vi.useRealTimers());

const will = (options: object = {}): object => ({
  will: { topic: 'gone', payload: Buffer.from('bye'), qos: 1, retain: false, ...options },
});

test('a keep alive that the broker shortened is the one that counts [MQTT-3.2.2-21]', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const broker = await start({ maxKeepAlive: 10 });
  const old = await connected(broker, 'old', { keepalive: 100 });
  const client = await connected(broker, 'c', { keepalive: 100 }, 5);
  vi.advanceTimersByTime(15_100);
  expect((await client.next('disconnect')).reasonCode).toBe(0x8d);
  await client.ended();
  old.send({ cmd: 'pingreq' });
  await old.next('pingresp');
});

for (const version of [4, 5]) {
  test(`silence for one and a half times the keep alive ends the connection (version ${version}) ${version === 5 ? '[MQTT-3.1.2-22]' : '[MQTT-3.1.2-24]'}`, async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('gone');
    const client = await connected(broker, 'c', { keepalive: 10, ...will() }, version);
    vi.advanceTimersByTime(14_900);
    expect(await watcher.messages()).toEqual([]);
    // Any packet counts.
    client.send({ cmd: 'pingreq' });
    await client.next('pingresp');
    vi.advanceTimersByTime(14_900);
    expect(await watcher.messages()).toEqual([]);
    vi.advanceTimersByTime(200);
    expect((await watcher.next('publish')).topic).toBe('gone');
    if (version === 5) expect((await client.next('disconnect')).reasonCode).toBe(0x8d);
    await client.ended();
  });
}

test.each<[kind: string, packet: object, response: string]>([
  ['PUBLISH', { cmd: 'publish', topic: 't', payload: 'x', qos: 1, messageId: 1 }, 'puback'],
  ['SUBSCRIBE', { cmd: 'subscribe', messageId: 1, subscriptions: [{ topic: 't', qos: 0 }] }, 'suback'], // prettier-ignore
  ['PUBREL', { cmd: 'pubrel', messageId: 1 }, 'pubcomp'],
])('a %s starts the keep alive anew', async (_, packet, response) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const client = await connected(await start(), 'c', { keepalive: 10 }, 5);
  for (let i = 0; i < 3; i++) {
    vi.advanceTimersByTime(14_900);
    client.send(packet);
    await client.next(response);
  }
  vi.advanceTimersByTime(15_100);
  expect((await client.next('disconnect')).reasonCode).toBe(0x8d);
});

const delayed = (session: number, delay: number): object => ({
  ...will({ properties: { willDelayInterval: delay, contentType: 'text/plain' } }),
  properties: { sessionExpiryInterval: session },
});

async function watchDelayed(
  session: number,
  delay: number,
): Promise<[BrokerClient, () => Promise<ReceivedPacket[]>]> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const broker = await start();
  const watcher = await connected(broker, 'w', {}, 5);
  await watcher.subscribe('gone');
  const client = await connected(broker, 'c', delayed(session, delay), 5);
  await client.cut();
  expect(await watcher.messages()).toEqual([]);
  return [watcher, () => watcher.messages()];
}

test('5.0: the will delay holds it back, and is not sent to subscribers', async () => {
  const [, messages] = await watchDelayed(60, 5);
  vi.advanceTimersByTime(4900);
  expect(await messages()).toEqual([]);
  vi.advanceTimersByTime(200);
  const [message] = await messages();
  expect(message!.properties).toEqual({ contentType: 'text/plain' });
});

test('5.0: the end of the session sends it earlier', async () => {
  const [, messages] = await watchDelayed(2, 5);
  vi.advanceTimersByTime(2100);
  expect(await messages()).toHaveLength(1);
});

test('5.0: a client that is back in time has no will sent [MQTT-3.1.3-9]', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const broker = await start();
  const watcher = await connected(broker, 'w', {}, 5);
  await watcher.subscribe('gone');
  await (await connected(broker, 'c', delayed(60, 5), 5)).cut();
  vi.advanceTimersByTime(3000);
  await connected(broker, 'c', { clean: false, properties: { sessionExpiryInterval: 60 } }, 5);
  vi.advanceTimersByTime(10_000);
  expect(await watcher.messages()).toEqual([]);
});

test('5.0: a clean start ends the session, which sends the will', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  const broker = await start();
  const watcher = await connected(broker, 'w', {}, 5);
  await watcher.subscribe('gone');
  await (await connected(broker, 'c', delayed(60, 5), 5)).cut();
  await connected(broker, 'c', { clean: true }, 5);
  const [message] = await watcher.messages();
  expect(message!.properties).toEqual({ contentType: 'text/plain' });
  vi.advanceTimersByTime(10_000);
  expect(await watcher.messages()).toEqual([]);
});

test('a will to $SYS, or one that may not be published, is dropped', async () => {
  const broker = await start({ authorizePublish: (_, topic) => topic !== 'secret' });
  const watcher = await connected(broker, 'w');
  await watcher.subscribe('#');
  await watcher.subscribe('$SYS/x');
  for (const topic of ['$SYS/x', 'secret']) {
    await (await connected(broker, 'c', will({ topic }))).cut();
  }
  expect(await watcher.messages()).toEqual([]);
});
