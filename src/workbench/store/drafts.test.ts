import { expect, test } from 'vitest';
import { Drafts, guardedStore, type TextStore } from './drafts.ts';

function memory(): TextStore & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

test('a draft is kept for its exercise and its file', () => {
  const store = memory();
  new Drafts(store, 'first-message/publish').save('publisher.ts', 'mine', 'starter');
  expect(new Drafts(store, 'first-message/publish').load('publisher.ts')).toBe('mine');
  expect(new Drafts(store, 'first-message/publish').load('phone.ts')).toBeUndefined();
  expect(new Drafts(store, 'another/publish').load('publisher.ts')).toBeUndefined();
});

test('a draft comes along when its exercise moves to another lesson', () => {
  const store = memory();
  new Drafts(store, 'connect/same-id').save('kitchen.ts', 'mine', 'starter');
  const moved = new Drafts(store, 'client-id/same-id', 'connect/same-id');
  expect(moved.load('kitchen.ts')).toBe('mine');
  moved.save('kitchen.ts', 'starter', 'starter');
  expect(new Drafts(store, 'client-id/same-id', 'connect/same-id').load('kitchen.ts')).toBe(
    undefined,
  );
});

test('a draft like its starter is none', () => {
  const store = memory();
  const drafts = new Drafts(store, 'e');
  drafts.save('a.ts', 'mine', 'starter');
  drafts.save('a.ts', 'starter', 'starter');
  expect(store.kept.size).toBe(0);
});

test('a text without end is not kept, and what was kept stays', () => {
  const drafts = new Drafts(memory(), 'e');
  drafts.save('a.ts', 'mine', '');
  drafts.save('a.ts', 'x'.repeat(200_001), '');
  expect(drafts.load('a.ts')).toBe('mine');
});

test.each([
  [
    'has none',
    () => {
      throw new DOMException('denied', 'SecurityError');
    },
  ],
  [
    'is full',
    () => ({
      getItem: () => null,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
      removeItem: () => {},
    }),
  ],
])('where the browser %s, drafts last as long as the page', (_, open: () => TextStore) => {
  const store = guardedStore(open);
  expect(store.setItem('a', 'b')).toBe(false);
  expect(guardedStore(memory).setItem('a', 'b')).toBe(true);
  const drafts = new Drafts(store, 'e');
  drafts.save('a.ts', 'mine', '');
  expect(drafts.load('a.ts')).toBe('mine');
  drafts.save('a.ts', '', '');
  expect(drafts.load('a.ts')).toBeUndefined();
});

test('an older tab does not overwrite what a newer one has kept', () => {
  const store = memory();
  const [older, newer] = [new Drafts(store, 'e'), new Drafts(store, 'e')];
  older.load('a.ts');
  newer.load('a.ts');
  expect(newer.save('a.ts', 'an hour of work', 'starter')).toBe('kept');
  expect(older.save('a.ts', 'starter!', 'starter')).toBe('newer');
  expect(older.newer('a.ts')).toBe('an hour of work');
  expect(older.newer('a.ts')).toBeUndefined();
  expect(older.save('a.ts', 'an hour of work, and more', 'starter')).toBe('kept');
  expect(newer.newer('a.ts')).toBe('an hour of work, and more');
  older.save('a.ts', 'starter', 'starter');
  expect(newer.newer('a.ts')).toBeNull();
});

test('what the browser keeps is read from there, so another tab’s text is seen', () => {
  const real = memory();
  const store = guardedStore(() => real);
  store.setItem('a', 'mine');
  real.setItem('a', 'of another tab');
  expect(store.getItem('a')).toBe('of another tab');
});

test('says of a draft that it is not kept', () => {
  const full = guardedStore(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(new Drafts(full, 'e').save('a.ts', 'mine', '')).toBe('unkept');
  expect(new Drafts(memory(), 'e').save('a.ts', 'x'.repeat(200_001), '')).toBe('unkept');
});
