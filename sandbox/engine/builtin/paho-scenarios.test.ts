/**
 * Those scenarios of Eclipse Paho's interoperability suites that need an option of the engine, or
 * time that passes; the others are in the suite of all engines.
 */
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { BrokerOptions } from '../broker.ts';
import { start } from '../../testing/broker-fixture.ts';
import { kept, receive, texts, topics } from '../../testing/engine-cases/paho-client.ts';
import { connected, BrokerClient } from '../../testing/broker-client.ts';

afterEach(() => void vi.useRealTimers());

const fakeTime = (): void =>
  void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });

for (const version of [4, 5]) {
  const join = (options: BrokerOptions = {}) =>
    start(options).then((broker) => ({
      broker,
      a: (more: object = {}) => connected(broker, 'myclientid', more, version),
      b: (more: object = {}) => connected(broker, 'myclientid2', more, version),
    }));

  describe(`MQTT ${version === 5 ? '5.0' : '3.1.1'}`, () => {
    test('keep alive', async () => {
      fakeTime();
      const { a, b } = await join();
      const will = { topic: topics[4], payload: Buffer.from('expiry'), qos: 0, retain: false };
      await a({ keepalive: 5, will });
      const watcher = await b();
      await watcher.subscribe(topics[4]!, 2);
      vi.advanceTimersByTime(15_000);
      expect(texts(await receive(watcher))).toEqual(['expiry']);
    });

    test('subscribe failure', async () => {
      const { a } = await join({ authorizeSubscribe: (_, filter) => filter !== 'nosubscribe' });
      const { granted } = await (await a()).subscribe('nosubscribe', 2);
      expect(granted).toEqual([version === 5 ? 0x87 : 0x80]);
    });
  });
}

describe('MQTT 5.0 only', () => {
  const five = async (options: BrokerOptions = {}) => {
    const broker = await start(options);
    return {
      broker,
      a: (more: object = {}) => connected(broker, 'myclientid', more, 5),
      b: (more: object = {}) => connected(broker, 'myclientid2', more, 5),
      connack: (options: object) => new BrokerClient(broker, 5).connect('myclientid', options),
    };
  };

  test('publication expiry', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const { a, b } = await five();
    const away = await b(kept);
    await away.subscribe(topics[0]!, 2);
    await away.disconnect({ properties: { sessionExpiryInterval: 999_999_999 } });
    const publisher = await a();
    for (const messageExpiryInterval of [1, 6]) {
      for (const qos of [1, 2]) {
        publisher.publish(topics[0]!, `${messageExpiryInterval}`, {
          qos,
          properties: { messageExpiryInterval },
        });
      }
    }
    await receive(publisher);
    vi.setSystemTime(Date.now() + 3000);
    const got = await receive(await b({ clean: false }));
    expect(texts(got)).toEqual(['6', '6']);
    for (const { properties } of got) expect(properties!['messageExpiryInterval']).toBe(3);
  });

  test('server keep alive', async () => {
    const { connack } = await five({ maxKeepAlive: 60 });
    expect((await connack({ keepalive: 120 })).properties!['serverKeepAlive']).toBe(60);
  });

  test('will delay', async () => {
    fakeTime();
    // Delay, session expiry, and when the will comes.
    for (const [delay, session, after] of [
      [3, 5, 3],
      [5, 0, 0],
      [5, 2, 2],
    ] as const) {
      const { a, b } = await five();
      const will = { topic: topics[0], payload: Buffer.from('will'), qos: 0, retain: false };
      const client = await a({
        will: { ...will, properties: { willDelayInterval: delay } },
        properties: { sessionExpiryInterval: session },
      });
      const watcher = await b();
      await watcher.subscribe(topics[0]!, 2);
      await client.cut();
      if (after > 0) {
        vi.advanceTimersByTime(after * 1000 - 100);
        expect(await receive(watcher)).toEqual([]);
        vi.advanceTimersByTime(200);
      }
      expect(texts(await receive(watcher))).toEqual(['will']);
    }
  });
});
