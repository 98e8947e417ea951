import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Looks } from './looks.ts';

let said: string[];
let now = 0;
let looks: Looks;
beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  now = 0;
  looks = new Looks({
    now: () => now,
    publish: async (member, { seconds }, expiry) =>
      void said.push(`${member} ${seconds} ${expiry}`),
  });
});
afterEach(() => {
  looks.close();
  vi.useRealTimers();
});

test('a look is said at its beginning, every ten seconds, and at its end; two are one', async () => {
  const first = await looks.begin('m1');
  now = 10_000;
  await vi.advanceTimersByTimeAsync(10_000);
  now = 12_000;
  const second = await looks.begin('m1');
  first.close();
  first.close();
  await looks.begin('m2');
  expect(said).toEqual(['m1 0 30', 'm1 10 30', 'm1 12 30', 'm2 0 30']);
  second.close();
  expect(said.at(-1)).toBe('m1 null 30');
  said = [];
  now = 22_000;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(said).toEqual(['m2 10 30']);
});

test('a removed member is told nothing more, also not that it is over', async () => {
  const look = await looks.begin('m1');
  looks.forget('m1');
  look.close();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual(['m1 0 30']);
});

test('a look that could not be said is none', async () => {
  looks = new Looks({ now: () => 0, publish: () => Promise.reject(new Error('no broker')) });
  await expect(looks.begin('m1')).rejects.toThrow('no broker');
  expect(vi.getTimerCount()).toBe(0);
});
