import { expect, onTestFinished, test } from 'vitest';
import { Tab } from './tab.ts';

function makeStore(kept = new Map<string, string>()) {
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
function open(store: ReturnType<typeof makeStore>): Tab {
  const tab = new Tab(store);
  onTestFinished(() => tab.close());
  return tab;
}

test('a copied tab knows that it is one, and a copy of the copy', async () => {
  const store = makeStore();
  expect(await open(store).isCopy).toBe(false);
  const copied = makeStore(new Map(store.kept));
  expect(await open(copied).isCopy).toBe(true);
  expect(await open(makeStore(new Map(copied.kept))).isCopy).toBe(true);
});

test('the next page of the same tab is none', async () => {
  const store = makeStore();
  const before = open(store);
  const another = makeStore();
  open(another);
  before.close();
  expect(await open(store).isCopy).toBe(false);
});
