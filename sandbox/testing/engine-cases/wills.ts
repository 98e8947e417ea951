/** Wills (sections 3.1.2.5, 3.1.3.2) and the ends of connections that send them. */
import { expect } from 'vitest';
import { connected } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

const will = (options: object = {}): object => ({
  will: { topic: 'gone', payload: Buffer.from('bye'), qos: 1, retain: false, ...options },
});

export const wills = ({ start, test }: EngineSuite): void => {
  for (const version of [4, 5]) {
    test(`a cut line sends the will, DISCONNECT takes it back (version ${version})`, async () => {
      const broker = await start();
      const watcher = await connected(broker, 'w');
      await watcher.subscribe('gone', 2);
      const polite = await connected(broker, 'polite', will(), version);
      await polite.disconnect();
      const client = await connected(broker, 'c', will(), version);
      await client.cut();
      const message = await watcher.next('publish');
      expect(message).toMatchObject({ qos: 1, retain: false });
      expect(await watcher.messages()).toEqual([]);
    });
  }

  test('a will can be retained, has its own QoS, and is not sent above the granted one', async () => {
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('gone', 0);
    const client = await connected(broker, 'c', will({ qos: 2, retain: true }));
    await client.cut();
    expect((await watcher.next('publish')).qos).toBe(0);
    const late = await connected(broker, 'late');
    await late.subscribe('gone', 2);
    expect(await late.next('publish')).toMatchObject({ qos: 2, retain: true });
  });

  test('5.0: DISCONNECT with 0x04 sends the will', async () => {
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('gone');
    const client = await connected(broker, 'c', will(), 5);
    await client.disconnect({ reasonCode: 4 });
    expect((await watcher.next('publish')).topic).toBe('gone');
  });

  test('a take-over sends the will of the old connection', async () => {
    const broker = await start();
    const watcher = await connected(broker, 'w');
    await watcher.subscribe('gone');
    await connected(broker, 'c', will());
    await connected(broker, 'c');
    expect((await watcher.next('publish')).topic).toBe('gone');
  });
};
