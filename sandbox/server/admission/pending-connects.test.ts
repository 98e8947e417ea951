import { expect, test } from 'vitest';
import { PendingConnects } from './pending-connects.ts';

test('the oldest of an address makes place, and only of that address', () => {
  const pending = new PendingConnects(2);
  const closed: string[] = [];
  const enter = (remote: string, name: string) => pending.enter(remote, () => closed.push(name));
  enter('a', 'a1');
  const leaveSecond = enter('a', 'a2');
  enter('b', 'b1');
  enter('a', 'a3');
  expect(closed).toEqual(['a1']);
  // Who has said CONNECT is none of them any more.
  leaveSecond();
  enter('a', 'a4');
  expect(closed).toEqual(['a1']);
  enter('a', 'a5');
  expect(closed).toEqual(['a1', 'a3']);
});

test('leaving twice, or after a connection was closed, frees no other place', () => {
  const pending = new PendingConnects(1);
  const closed: number[] = [];
  const leave = [0, 1, 2].map((n) => pending.enter('a', () => closed.push(n)));
  expect(closed).toEqual([0, 1]);
  leave[0]!();
  leave[0]!();
  pending.enter('a', () => closed.push(3));
  expect(closed).toEqual([0, 1, 2]);
});

test('the address of a closed connection is reported', () => {
  const told: string[] = [];
  const pending = new PendingConnects(1, (remote) => told.push(remote));
  for (const remote of ['a', 'b', 'b']) pending.enter(remote, () => {});
  expect(told).toEqual(['b']);
});
