import { expect, test } from 'vitest';
import { News } from './news.ts';

test('the newest is said, what it overtook is counted, and never more often than one can listen', () => {
  const news = new News<string>();
  expect(news.take(0)).toBeUndefined();
  news.add('one');
  expect(news.take(0)).toEqual({ item: 'one', more: 0 });
  for (let i = 0; i < 500; i += 1) news.add(`message ${i}`);
  expect(news.take(100)).toBeUndefined();
  const due = news.due!;
  expect(due).toBeGreaterThanOrEqual(2_000);
  expect(news.take(due)).toEqual({ item: 'message 499', more: 499 });
  expect(news.due).toBeUndefined();
});
