import { expect, test } from 'vitest';
import { AddressPlaces, Places } from './places.ts';

/** Connections in so many places; `lost` names those that were let go. */
function open(most: number) {
  const places = new Places(most);
  const lost: string[] = [];
  const take = (remote: string, room: string, usedAt = 0): (() => void) | null =>
    places.take({
      remote,
      room,
      usedAt: () => usedAt,
      evict: () => lost.push(`${remote} ${room} ${usedAt}`),
    });
  return { take, lost };
}

test('while there are places an address may have all of them', () => {
  const { take, lost } = open(30);
  for (let n = 0; n < 30; n++) expect(take('a', 'room', n)).not.toBeNull();
  expect(take('a', 'room', 30)).toBeNull();
  expect(lost).toEqual([]);
});

test('a newcomer gets the place of the longest idle line in the fullest room of the greediest', () => {
  const { take, lost } = open(30);
  for (let n = 0; n < 20; n++) take('greedy', n < 15 ? 'full' : 'small', 100 - n);
  for (let n = 0; n < 10; n++) take('other', `room ${n}`, n);
  expect(take('new', 'room')).not.toBeNull();
  expect(lost).toEqual(['greedy full 86']);
});

test('no place is taken from an address that has no more than its share', () => {
  const { take, lost } = open(30);
  for (let n = 0; n < 30; n++) take(n % 2 ? 'a' : 'b', 'room', n);
  expect(take('a', 'room')).toBeNull();
  for (let n = 0; n < 10; n++) expect(take('c', 'room')).not.toBeNull();
  expect(take('c', 'room')).toBeNull();
  expect(lost).toHaveLength(10);
});

test('a class with many rooms loses no place to an address with many connections and one room', () => {
  const { take, lost } = open(300);
  for (let n = 0; n < 100; n++) take('class', `pupil ${n}`);
  for (let n = 0; n < 200; n++) take(`stranger ${n % 5}`, `room ${n % 10}`);
  for (let n = 5; n < 15; n++) expect(take(`stranger ${n}`, 'room')).not.toBeNull();
  expect(lost.filter((each) => each.startsWith('class'))).toEqual([]);
});

test('a place is given back once', () => {
  const { take } = open(2);
  const leave = take('a', 'room')!;
  take('a', 'room');
  leave();
  leave();
  expect(take('a', 'room')).not.toBeNull();
  expect(take('a', 'room')).toBeNull();
});

test('behind one address a room with many lines gives one to a room with few', () => {
  const places = new AddressPlaces(30);
  const lost: string[] = [];
  const take = (room: string): (() => void) | null =>
    places.take({ remote: 'class', room, usedAt: () => 0, evict: () => lost.push(room) });
  for (let n = 0; n < 20; n++) take('greedy');
  for (let n = 0; n < 10; n++) take(`pupil ${n}`);
  expect(take('greedy')).toBeNull();
  for (let n = 0; n < 10; n++) expect(take(`pupil ${n}`)).not.toBeNull();
  expect(lost).toEqual(Array.from({ length: 10 }, () => 'greedy'));
  // Another address has its own.
  const other = { remote: 'other', room: 'room', usedAt: () => 0, evict: () => {} };
  expect(places.take(other)).not.toBeNull();
});
