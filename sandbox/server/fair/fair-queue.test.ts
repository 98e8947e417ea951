import { expect, test } from 'vitest';
import { FairQueue, Flow } from './fair-queue.ts';

/** Serves so many items, each of which costs what its name says: `a 3` is 3 of flow a. */
function served(queue: FairQueue<string>, count: number): string {
  const order: string[] = [];
  while (order.length < count) {
    const { flow, item } = queue.take()!;
    const [name, cost] = item.split(' ');
    order.push(name!);
    queue.charge(flow, Number(cost));
  }
  return order.join('');
}

test('flows that want the same get the same, whatever an item of theirs costs', () => {
  const queue = new FairQueue<string>(0);
  const [dear, cheap] = [new Flow(queue.root), new Flow(queue.root)];
  for (let n = 0; n < 20; n++) queue.put(dear, 'D 10');
  for (let n = 0; n < 200; n++) queue.put(cheap, 'c 1');
  expect(served(queue, 44)).toBe('Dcccccccccc'.repeat(4));
});

test('a newcomer goes before those that have waited, and is owed nothing for its absence', () => {
  const queue = new FairQueue<string>(5);
  const [greedy, late] = [new Flow(queue.root), new Flow(queue.root)];
  for (let n = 0; n < 1000; n++) queue.put(greedy, 'g 1');
  expect(served(queue, 500)).toBe('g'.repeat(500));
  for (let n = 0; n < 100; n++) queue.put(late, 'n 1');
  const order = served(queue, 40);
  expect(order.startsWith('nnnnn')).toBe(true);
  expect(order.match(/n/g)!.length).toBeLessThan(24);
});

test('shares are those of addresses, then of rooms, then of connections', () => {
  const queue = new FairQueue<string>(0);
  const [a, b] = [new Flow(queue.root), new Flow(queue.root)];
  const rooms = [new Flow(a), new Flow(a)];
  const lines = [new Flow(rooms[0]!), new Flow(rooms[0]!), new Flow(rooms[1]!), new Flow(b)];
  for (let n = 0; n < 100; n++)
    for (const [i, line] of lines.entries()) queue.put(line, `${'pqrb'[i]} 1`);
  const order = served(queue, 80);
  const count = (name: string): number => order.split(name).length - 1;
  expect([...'pqrb'].map(count)).toEqual([10, 10, 20, 40]);
});

test('an address with a larger weight gets so much more', () => {
  const queue = new FairQueue<string>(0);
  const [one, ofClass] = [new Flow(queue.root), new Flow(queue.root)];
  ofClass.weight = 3;
  for (let n = 0; n < 100; n++) queue.put(one, 'o 1');
  for (let n = 0; n < 100; n++) queue.put(ofClass, 'c 1');
  expect(served(queue, 40).match(/c/g)).toHaveLength(30);
});
