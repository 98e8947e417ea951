/** One client's way from CONNECT to DISCONNECT in each version, and what each may say. */
import { expect } from 'vitest';
import { connected, BrokerClient } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

export const versions = ({ start, test }: EngineSuite): void => {
  for (const version of [3, 4, 5]) {
    test(`a client comes, subscribes, publishes and leaves (version ${version})`, async () => {
      const broker = await start();
      const client = new BrokerClient(broker, version);
      const connack = await client.connect('c');
      expect(connack.returnCode ?? connack.reasonCode).toBe(0);
      expect(connack.sessionPresent).toBe(false);
      expect((await client.subscribe('t/+', 1)).granted).toEqual([1]);
      client.publish('t/x', 'hello', { qos: 1, messageId: 7 });
      expect((await client.next('puback')).messageId).toBe(7);
      expect(await client.next('publish')).toMatchObject({ topic: 't/x', qos: 1, dup: false });
      client.send({ cmd: 'unsubscribe', messageId: 9, unsubscriptions: ['t/+'] });
      expect((await client.next('unsuback')).messageId).toBe(9);
      client.publish('t/x', 'nobody hears');
      expect((await client.settle()).filter(({ cmd }) => cmd === 'publish')).toEqual([]);
      await client.disconnect();
    });
  }

  test('clients of all versions hear one another', async () => {
    const broker = await start();
    const clients = await Promise.all(
      [3, 4, 5].map((version) => connected(broker, `v${version}`, {}, version)),
    );
    for (const client of clients) await client.subscribe('t', 2);
    for (const { version } of clients) {
      await broker.publish({ topic: 't', payload: `for ${version}`, qos: 2 });
    }
    for (const client of clients) {
      const texts = (await client.messages()).map(({ payload }) => payload.toString());
      expect(texts).toEqual(['for 3', 'for 4', 'for 5']);
    }
  });
};
