import { expect, test } from 'vitest';
import { Arena } from '../../testing/limit-cases/arena.ts';

test('a client is not silent while the server does not read: it stays, and its will unsent', async () => {
  const arena = await Arena.open({ bytesPerSecond: 20_000, bytesBurst: 1000 });
  const other = await arena.joined('other');
  await other.subscribe('#');
  const will = { topic: 'gone', payload: Buffer.from('x'), qos: 0 as const, retain: false };
  const client = await arena.joined('busy', 4, { keepalive: 1, will });
  // The debt is paid in two and a half seconds; the broker's patience is one and a half.
  client.publish('t', Buffer.alloc(50_000));
  await client.ping();
  expect(client.closed).toBe(false);
  client.publish('last', 'x');
  const topics: unknown[] = [];
  while (topics.at(-1) !== 'last') topics.push((await other.next('publish')).topic);
  expect(topics).toEqual(['t', 'last']);
  await arena.close();
});
