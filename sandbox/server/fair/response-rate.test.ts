import { expect, test } from 'vitest';
import { ResponseRate } from './response-rate.ts';

test('a burst passes at once; then the response that was sent least is first', async () => {
  const rate = new ResponseRate({ perSecond: 100_000, burst: 1000 });
  const order: string[] = [];
  const ask = (name: string, bytes: number, sent: number) =>
    rate.slice('a', bytes, sent).then(() => order.push(name));
  const all = [
    ask('burst', 1200, 0),
    ask('download', 1000, 50_000),
    ask('editor', 1000, 20_000),
    ask('page', 1000, 0),
  ];
  await Promise.resolve();
  expect(order).toEqual(['burst']);
  // Another address does not wait.
  await rate.slice('b', 1000, 0);
  expect(order).toEqual(['burst']);
  await Promise.all(all);
  expect(order).toEqual(['burst', 'page', 'editor', 'download']);
  rate.close();
});
