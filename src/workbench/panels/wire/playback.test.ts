import { expect, test } from 'vitest';
import { Playback, speeds } from './playback.ts';

/** Numbers with gaps, as a filter leaves them. */
const rows = [
  { n: 2, at: 0 },
  { n: 3, at: 10 },
  { n: 7, at: 30 },
  { n: 9, at: 60_000 },
];

test('live shows all, also what comes later; paused stays where it is', () => {
  const playback = new Playback();
  expect(playback.count(rows)).toBe(4);
  playback.pause(rows);
  expect(playback.count([...rows, { n: 10, at: 60_001 }])).toBe(4);
  playback.live();
  expect(playback.count([...rows, { n: 10, at: 60_001 }])).toBe(5);
});

test('steps go one row on or back, and stop at both ends', () => {
  const playback = new Playback();
  const counts = [-1, -1, 1, -1, -1, -1, -1, 1].map((by) => {
    playback.step(rows, by);
    return playback.count(rows);
  });
  expect(counts).toEqual([3, 2, 3, 2, 1, 0, 0, 1]);
  expect(playback.mode).toBe('paused');
});

test('a replay starts with the first row, keeps the distances, waits for nothing for long, ends live', () => {
  const playback = new Playback();
  playback.speed = speeds['tenth']!;
  playback.play(rows);
  const after = (ms: number) => {
    playback.tick(rows, ms);
    return [playback.mode, playback.count(rows)];
  };
  expect(after(16)).toEqual(['playing', 1]);
  expect(after(99)).toEqual(['playing', 1]);
  expect(after(1)).toEqual(['playing', 2]);
  expect(after(200)).toEqual(['playing', 3]);
  expect(after(1_499)).toEqual(['playing', 3]);
  expect(after(1)).toEqual(['live', 4]);
});

test('packet by packet every row is shown equally long; a long frame shows several', () => {
  const playback = new Playback();
  playback.speed = { everyMs: 100 };
  playback.play(rows);
  const counts = [0, 50, 50, 250].map((ms) => {
    playback.tick(rows, ms);
    return playback.count(rows);
  });
  expect(counts).toEqual([1, 1, 2, 4]);
});

test('a stopped replay goes on from where it stands', () => {
  const playback = new Playback();
  playback.step(rows, -1);
  playback.play(rows);
  expect(playback.count(rows)).toBe(3);
});
