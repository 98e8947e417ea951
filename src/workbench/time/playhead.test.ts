import { expect, test } from 'vitest';
import { Playhead } from './playhead.ts';

/** Numbers with gaps, as a filter leaves them. */
const rows = [
  { n: 2, at: 0 },
  { n: 3, at: 10 },
  { n: 7, at: 30 },
  { n: 9, at: 60_000 },
];

test('live shows all, also what comes later; paused stays where it is', () => {
  const head = new Playhead();
  expect(head.count(rows)).toBe(4);
  head.pause(rows);
  expect(head.count([...rows, { n: 10, at: 60_001 }])).toBe(4);
  head.live();
  expect(head.count([...rows, { n: 10, at: 60_001 }])).toBe(5);
});

test('steps go one row on or back, and stop at both ends', () => {
  const head = new Playhead();
  const counts = ([-1, -1, 1, -1, -1, -1, -1, 1] as const).map((by) => {
    head.step(rows, by);
    return head.count(rows);
  });
  expect(counts).toEqual([3, 2, 3, 2, 1, 0, 0, 1]);
  expect(head.mode).toBe('paused');
});

test('a replay gives each packet its time, waits for nothing for long, and ends live', () => {
  const head = new Playhead();
  head.play(rows);
  const after = (ms: number) => {
    head.tick(rows, ms);
    return [head.mode, head.count(rows)];
  };
  expect(after(16)).toEqual(['playing', 1]);
  expect(after(599)).toEqual(['playing', 1]);
  expect(after(1)).toEqual(['playing', 2]);
  expect(after(600)).toEqual(['playing', 3]);
  expect(after(1_499)).toEqual(['playing', 3]);
  expect(after(1)).toEqual(['playing', 4]);
  // The last one is seen as long as the others.
  expect(after(599)).toEqual(['playing', 4]);
  expect(after(1)).toEqual(['live', 4]);
});

test('a quarter of the speed: four times as long; a long frame shows several', () => {
  const head = new Playhead();
  head.speed = 0.25;
  head.play(rows);
  const counts = [0, 2_399, 1, 4_800].map((ms) => {
    head.tick(rows, ms);
    return head.count(rows);
  });
  expect(counts).toEqual([1, 1, 2, 4]);
});

test('a stopped replay goes on from where it stands', () => {
  const head = new Playhead();
  head.step(rows, -1);
  head.play(rows);
  expect(head.count(rows)).toBe(3);
});
