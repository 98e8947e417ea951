/** `$SYS/broker/…`, compared with what Mosquitto 2.0.11 writes. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import mqtt from 'mqtt';
import { afterEach, expect, test, vi } from 'vitest';
import { freePort } from '../../testing/differential/free-ports.ts';
import { start } from '../../testing/broker-fixture.ts';
import { connected } from '../../testing/broker-client.ts';
import type { ReceivedPacket } from '../../testing/mqtt-client.ts';

afterEach(() => void vi.useRealTimers());
const bodies = (got: ReceivedPacket[]): Map<string, string> =>
  new Map(got.map(({ topic, payload }) => [topic.replace('$SYS/broker/', ''), String(payload)]));

test('a new subscriber gets the values as retained messages', async () => {
  const broker = await start({ sys: { version: 'retained 1.2.3', intervalMs: 10_000 } });
  const away = await connected(broker, 'away', { clean: false });
  await away.subscribe('t/#', 1);
  await away.disconnect();
  await broker.publish({ topic: 't/x', payload: 'x', qos: 1, retain: true });
  const client = await connected(broker, 'c', {}, 5);
  await client.subscribe('$share/g/x');
  await client.subscribe('$SYS/broker/#');
  const got = await client.messages();
  expect(got.every(({ retain }) => retain)).toBe(true);
  const values = bodies(got);
  expect(Object.fromEntries(values)).toMatchObject({
    version: 'retained 1.2.3',
    'clients/connected': '1',
    'clients/disconnected': '1',
    'clients/total': '2',
    'clients/maximum': '1',
    'subscriptions/count': '3',
    'shared_subscriptions/count': '1',
    'retained messages/count': '1',
    'messages/stored': '2',
    // CONNECT, SUBSCRIBE, DISCONNECT; CONNECT, SUBSCRIBE, SUBSCRIBE.
    'messages/received': '6',
    'publish/messages/received': '0',
  });
  expect(values.get('uptime')).toMatch(/^\d+ seconds$/);
  expect(broker.state().retained).toHaveLength(1);
});

test('they are published when they change, and only while there is a subscriber', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  const broker = await start();
  expect(vi.getTimerCount()).toBe(2); // aedes' own
  const client = await connected(broker, 'c');
  await client.subscribe('$SYS/broker/uptime');
  await client.subscribe('$SYS/broker/version');
  await client.messages();
  expect(vi.getTimerCount()).toBe(3);
  vi.advanceTimersByTime(10_000);
  const got = await client.messages();
  expect(got).toMatchObject([{ topic: '$SYS/broker/uptime', retain: false }]);
  expect(String(got[0]!.payload)).toBe('10 seconds');
  client.send({
    cmd: 'unsubscribe',
    messageId: 9,
    unsubscriptions: ['$SYS/broker/uptime', '$SYS/broker/version'],
  });
  await client.next('unsuback');
  vi.advanceTimersByTime(10_000);
  expect(await client.messages()).toEqual([]);
  expect(vi.getTimerCount()).toBe(2);
});

test('# does not match them, and `sys: false` has none', async () => {
  const broker = await start({ sys: false });
  const client = await connected(broker, 'c');
  await client.subscribe('#');
  await client.subscribe('$SYS/#');
  expect(await client.messages()).toEqual([]);
});

const here = spawnSync('mosquitto', ['-h']).error === undefined;

test.skipIf(!here)('every name is one that Mosquitto has, in the same shape', async () => {
  const port = await freePort();
  const mosquitto = spawn('mosquitto', ['-p', String(port)], { stdio: 'ignore' });
  const theirs = new Map<string, string>();
  const client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 50 });
  client.on('error', () => {});
  client.on('message', (topic, payload) => {
    theirs.set(topic.replace('$SYS/broker/', ''), String(payload));
  });
  const next = (event: 'connect' | 'message'): Promise<void> =>
    new Promise((resolve) => client.once(event, () => resolve()));
  await next('connect');
  await client.subscribeAsync('$SYS/broker/#');
  while (!theirs.has('uptime') || !theirs.has('store/messages/bytes')) await next('message');
  await client.endAsync();
  mosquitto.kill();
  await once(mosquitto, 'exit');

  const broker = await start();
  const mine = await connected(broker, 'c');
  await mine.subscribe('$SYS/broker/#');
  const ours = bodies(await mine.messages());
  // The man page names it; 2.0.11 publishes it only once it has changed.
  theirs.set('clients/maximum', '1');
  const shape = (value: string): string => value.replace(/\d+/g, '0');
  for (const [name, value] of ours) {
    expect(theirs.has(name), name).toBe(true);
    if (name !== 'version') expect(shape(value), name).toBe(shape(theirs.get(name)!));
  }
});
