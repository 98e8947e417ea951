import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { LRUCache } from './lru-cache.ts';

interface Cache {
  size: number;
  get(key: number): string | undefined;
  set(key: number, value: string): unknown;
  keys(): Iterable<number>;
  clear(): void;
}
const require = createRequire(import.meta.url);
const { LRUCache: Real } = createRequire(require.resolve('mqtt'))('lru-cache') as {
  LRUCache: new (options: { max: number }) => Cache;
};

test('each call has the result and the effect that it has on the package itself', () => {
  const [ours, real] = [new LRUCache<number, string>({ max: 5 }), new Real({ max: 5 })];
  // A fixed sequence that looks like chance (Lehmer).
  let seed = 1;
  const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let n = 0; n < 2_000; n += 1) {
    const key = next(8);
    const how = next(100);
    if (how === 0) for (const cache of [ours, real]) cache.clear();
    else if (how < 50) for (const cache of [ours, real]) cache.set(key, `topic ${n}`);
    else expect(ours.get(key)).toBe(real.get(key));
    expect([...ours.keys()]).toEqual([...real.keys()]);
    expect(ours.size).toBe(real.size);
  }
});
