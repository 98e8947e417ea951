import { expect, test } from 'vitest';
import type { Direction } from '../../../sandbox/protocol/mqtt.ts';
import { Rate } from './rate.ts';
import { Timetable } from './timetable.ts';

test('what came at once travels in its order: a response leaves after what it responds to', () => {
  const table = new Timetable();
  const packets: [cable: string, direction: Direction][] = [
    ['lamp', 'to-broker'],
    ['lamp', 'to-client'],
    ['lamp', 'to-broker'],
    ['phone', 'to-client'],
  ];
  const slots = packets.map(([cable, direction]) => table.place(cable, direction, 1_000)!);
  slots.slice(1).forEach(({ start }, at) => {
    expect(start).toBeGreaterThanOrEqual(slots[at]!.start + slots[at]!.time);
  });
  expect(slots.map(({ wait, start }) => start - wait)).toEqual([1_000, 1_000, 1_000, 1_000]);
});

test('two clients send at the same time; two packets on one cable never do', () => {
  const table = new Timetable();
  expect(table.place('one', 'to-broker', 0)!.start).toBe(0);
  expect(table.place('two', 'to-broker', 0)!.start).toBe(0);
  const first = table.place('one', 'to-broker', 0)!;
  expect(first.start).toBeGreaterThan(0);
  expect(table.place('one', 'to-broker', 0)!.start).toBe(first.start + first.time);
});

test('the picture hurries when it is late, and leaves out what would come too late', () => {
  const table = new Timetable();
  const slots = Array.from({ length: 40 }, () => table.place('one', 'to-broker', 0));
  const placed = slots.filter((slot) => slot !== undefined);
  expect(placed.at(-1)!.time).toBeLessThan(placed[0]!.time);
  expect(placed.length).toBeLessThan(20);
  expect(Math.max(...placed.map(({ wait }) => wait))).toBeLessThanOrEqual(3_000);
  // Later there is room again; another run does not wait for this one.
  expect(table.place('one', 'to-broker', 10_000)!.wait).toBe(0);
  table.clear();
  expect(table.place('one', 'to-broker', 0)!.wait).toBe(0);
});

test('a rate is of the last second', () => {
  const rate = new Rate();
  for (let at = 0; at < 1_000; at += 5) rate.add(at);
  expect(rate.perSecond(999)).toBe(200);
  expect(rate.perSecond(1_500)).toBe(80);
  expect(rate.perSecond(5_000)).toBe(0);
  rate.add(5_000);
  expect(rate.perSecond(5_100)).toBe(1);
});
