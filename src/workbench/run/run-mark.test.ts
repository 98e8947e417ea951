import { expect, test } from 'vitest';
import { RunMark } from './run-mark.ts';

test('a page that crashes in a run leaves a mark, which is read once', () => {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const first = new RunMark(store, 'e');
  expect(first.takeLeftBehind()).toBe(false);
  first.set(true);
  expect(new RunMark(store, 'another').takeLeftBehind()).toBe(false);
  const reloaded = new RunMark(store, 'e');
  expect(reloaded.takeLeftBehind()).toBe(true);
  expect(reloaded.takeLeftBehind()).toBe(false);
  reloaded.set(true);
  reloaded.set(false);
  expect(new RunMark(store, 'e').takeLeftBehind()).toBe(false);
});
