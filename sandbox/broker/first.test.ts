import { afterEach, expect, test } from 'vitest';
import { createBroker, type Broker, type BrokerOptions } from '../broker.ts';
import { connected } from './raw-client.ts';

let broker: Broker;
afterEach(() => broker.close());
const start = async (options: BrokerOptions = {}) => (broker = await createBroker(options));

test('a message goes from one client to another', async () => {
  await start();
  const a = await connected(broker, 'a');
  const b = await connected(broker, 'b', {}, 5);
  expect((await b.subscribe('t/#', 1)).granted).toEqual([1]);
  a.publish('t/x', 'hello', { qos: 1 });
  const message = await b.next('publish');
  expect(message).toMatchObject({ topic: 't/x', qos: 1, retain: false, dup: false });
  expect(message.payload.toString()).toBe('hello');
  expect((await a.next('puback')).messageId).toBe(1);
  expect(broker.state().clients.map((c) => c.clientId)).toEqual(['a', 'b']);
});
