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
  const queue = new FairQueue<string>();
  const [dear, cheap] = [new Flow(queue.root), new Flow(queue.root)];
  for (let n = 0; n < 20; n++) queue.put(dear, 'D 10');
  for (let n = 0; n < 200; n++) queue.put(cheap, 'c 1');
  expect(served(queue, 44)).toBe('Dcccccccccc'.repeat(4));
});

test('a newcomer has its share from now on, and is owed nothing for its absence', () => {
  const queue = new FairQueue<string>();
  const [greedy, late] = [new Flow(queue.root), new Flow(queue.root)];
  for (let n = 0; n < 1000; n++) queue.put(greedy, 'g 1');
  expect(served(queue, 500)).toBe('g'.repeat(500));
  for (let n = 0; n < 100; n++) queue.put(late, 'n 1');
  expect(served(queue, 40).match(/n/g)).toHaveLength(20);
});

test('newcomers without end do not hold up who waits', () => {
  const queue = new FairQueue<string>();
  const patient = new Flow(queue.root);
  // It has used more than its share before.
  queue.put(patient, 'p 100');
  served(queue, 1);
  queue.put(patient, 'p 1');
  let order = '';
  // Two come for each that is served.
  for (let n = 0; n < 600 && !order.includes('p'); n++) {
    for (let i = 0; i < 2; i++) queue.put(new Flow(queue.root), 'n 1');
    order += served(queue, 1);
  }
  expect(order).toContain('p');
});

test('shares are those of addresses, then of rooms, then of connections', () => {
  const queue = new FairQueue<string>();
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
  const queue = new FairQueue<string>();
  const [one, ofClass] = [new Flow(queue.root), new Flow(queue.root)];
  ofClass.weight = 3;
  for (let n = 0; n < 100; n++) queue.put(one, 'o 1');
  for (let n = 0; n < 100; n++) queue.put(ofClass, 'c 1');
  expect(served(queue, 40).match(/c/g)).toHaveLength(30);
});

test('who rests and comes back is not before those that wait', () => {
  const queue = new FairQueue<string>();
  const [steady, resting] = [new Flow(queue.root), new Flow(queue.root)];
  let order = '';
  for (let round = 0; round < 10; round++) {
    queue.put(resting, 'r 1');
    for (let n = 0; n < 10; n++) queue.put(steady, 's 1');
    order += served(queue, 11);
  }
  expect(order.startsWith('rs')).toBe(true);
  expect(order).not.toMatch(/r{2}/);
});
