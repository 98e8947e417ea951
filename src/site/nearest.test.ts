import { expect, test } from 'vitest';
import { nearestTo } from './nearest.ts';

const ids = ['retained', 'qos-0', 'qos-1', 'last-will', 'wildcards', 'mqtt5-aliases'];

test.each([
  ['retained', 'retained'],
  ['retaned', 'retained'],
  ['Wildcard', 'wildcards'],
  ['lastwill', 'last-will'],
  ['aliases', 'mqtt5-aliases'],
  ['retained-messages', 'retained'],
  ['nothing-like-it', undefined],
  ['qos', 'qos-0'],
  ['', undefined],
  ['x'.repeat(100_000), undefined],
])('%s: %s', (asked, id) => {
  expect(nearestTo(asked, ids)).toBe(id);
});
