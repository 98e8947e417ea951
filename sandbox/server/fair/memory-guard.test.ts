import { expect, test } from 'vitest';
import { MemoryGuard } from './memory-guard.ts';

function open(perAddress: number) {
  const state = { use: 0, relieved: 0 };
  const guard = new MemoryGuard(
    perAddress,
    () => state.relieved++,
    () => state.use,
  );
  guard.close();
  const lost: number[] = [];
  const add = (remote: string, bytes: number): void => {
    const remove = guard.add({
      remote,
      bytes: () => bytes,
      evict: () => {
        lost.push(bytes);
        remove();
      },
    });
  };
  return { guard, state, lost, add };
}

test('an address whose connections keep too much waiting loses the largest', () => {
  const { guard, lost, add } = open(100);
  for (const bytes of [10, 60, 20, 50]) add('greedy', bytes);
  add('other', 90);
  expect(guard.waitingFor('greedy')).toBe(140);
  guard.check();
  expect(lost).toEqual([60, 50]);
  guard.check();
  expect(lost).toHaveLength(2);
});

test('near the end of memory the largest of all go, and idle rooms', () => {
  const { guard, state, lost, add } = open(1000);
  for (let n = 0; n < 10; n++) add(`address ${n}`, n);
  guard.check();
  expect([lost, state.relieved]).toEqual([[], 0]);
  state.use = 0.9;
  guard.check();
  expect([lost, state.relieved]).toEqual([[9, 8, 7], 1]);
});

test('received bytes count for the bound of an address, and hold up no response to it', () => {
  const { guard, lost, add } = open(100);
  add('class', 30);
  guard.add({ remote: 'class', received: true, bytes: () => 90, evict: () => lost.push(90) });
  expect(guard.waitingFor('class')).toBe(30);
  guard.check();
  expect(lost).toEqual([90]);
});
