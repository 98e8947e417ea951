import { expect, test } from 'vitest';
import { memoryStore } from '../store/drafts.ts';
import { loadShares, saveShares, shareForKey } from './dock-share.ts';

test('the shares of both activities are found again, and none is kept if there is none', () => {
  const store = memoryStore();
  saveShares(store, { writing: 30, watching: 64 });
  expect(loadShares(store)).toEqual({ writing: 30, watching: 64 });
  saveShares(store, {});
  expect(store.getItem('retained:dock')).toBeNull();
  expect(loadShares(store)).toEqual({});
});

test.each([
  ['{', {}],
  ['null', {}],
  ['7', {}],
  ['{"writing":"50","watching":null}', {}],
  ['{"watching":4000,"writing":-1,"__proto__":{"writing":50}}', { writing: 20, watching: 85 }],
])('a kept text that is none, or too much, does no harm: %s', (text, shares) => {
  const store = memoryStore();
  store.setItem('retained:dock', text);
  expect(loadShares(store)).toEqual(shares);
});

test.each([
  ['ArrowUp', 50, 54],
  ['ArrowDown', 50, 46],
  ['ArrowUp', 84, 85],
  ['ArrowDown', 21, 20],
  ['Home', 50, 85],
  ['End', 50, 20],
  ['ArrowLeft', 50, undefined],
  ['toString', 50, undefined],
])('%s at %i: %s', (key, share, wanted) => {
  expect(shareForKey(key, share)).toBe(wanted);
});
