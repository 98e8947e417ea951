import { expect, test } from 'vitest';
import { bringDraftsOf } from './learner-drafts.ts';

/** As much of a browser's store as is used; in the order of what was written. */
class Store extends Map<string, string> implements Storage {
  get length(): number {
    return this.size;
  }
  key = (at: number) => [...this.keys()][at] ?? null;
  getItem = (key: string) => this.get(key) ?? null;
  setItem = (key: string, value: string) => void this.set(key, value);
  removeItem = (key: string) => void this.delete(key);
}

test('two learners at one browser see their own programs, and only theirs', () => {
  const store = new Store();
  bringDraftsOf('anna', store);
  store.setItem('retained:draft:qos-1/again:sensor.ts', 'Anna’s');
  store.setItem('retained:broker-files:qos-1/again', 'Anna’s files');
  store.setItem('retained:theme', 'dark');
  bringDraftsOf('ben:1', store);
  expect(store.getItem('retained:draft:qos-1/again:sensor.ts')).toBeNull();
  expect(store.getItem('retained:broker-files:qos-1/again')).toBeNull();
  expect(store.getItem('retained:theme')).toBe('dark');
  store.setItem('retained:draft:qos-1/again:sensor.ts', 'Ben’s');
  bringDraftsOf('anna', store);
  expect(store.getItem('retained:draft:qos-1/again:sensor.ts')).toBe('Anna’s');
  expect(store.getItem('retained:broker-files:qos-1/again')).toBe('Anna’s files');
  bringDraftsOf('ben:1', store);
  expect(store.getItem('retained:draft:qos-1/again:sensor.ts')).toBe('Ben’s');
});

test('the same learner again, and a platform without names: nothing is moved', () => {
  const store = new Store();
  bringDraftsOf('anna', store);
  store.setItem('retained:draft:qos-1/again:sensor.ts', 'Anna’s');
  bringDraftsOf('anna', store);
  bringDraftsOf('', store);
  expect(store.getItem('retained:draft:qos-1/again:sensor.ts')).toBe('Anna’s');
});
