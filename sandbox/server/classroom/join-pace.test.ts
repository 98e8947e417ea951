/** Joins in simulated time: how many a minute get in, and that a real class is never refused. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { JoinPace } from './join-pace.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
afterEach(() => void vi.useRealTimers());

/** Joins at these seconds; returns at which second each got in, null if it was refused. */
async function joinAt(
  seconds: readonly number[],
  pace = new JoinPace(),
  from: (n: number) => string = () => 'nat',
  into = 'a',
): Promise<(number | null)[]> {
  const start = performance.now();
  const at = (): number => (performance.now() - start) / 1_000;
  const joins: Promise<number | null>[] = [];
  for (const [n, second] of seconds.entries()) {
    await vi.advanceTimersByTimeAsync(second * 1_000 - (performance.now() - start));
    joins.push(pace.turn(from(n), into).then(at, () => null));
  }
  await vi.advanceTimersByTimeAsync(60_000);
  return Promise.all(joins);
}
const spread = (count: number, seconds: number) =>
  Array.from({ length: count }, (_, n) => (n * seconds) / count);

test.each([
  ['60 at the same moment', spread(60, 0)],
  ['60 within ten seconds', spread(60, 10)],
  ['200 within two minutes', spread(200, 120)],
  [
    '200 within two minutes, half of them in the first thirty seconds',
    [...spread(100, 30), ...spread(100, 90).map((at) => at + 30)],
  ],
])('%s behind one address: nobody is refused', async (_, seconds) => {
  expect(await joinAt(seconds)).not.toContain(null);
});

test('a flood from one address gets few in; 300 places are not filled within a minute', async () => {
  const got = await joinAt(spread(6_000, 60));
  const within = (second: number) => got.filter((at) => at !== null && at <= second).length;
  expect(within(1)).toBeLessThan(65);
  expect(within(60)).toBeLessThan(200);
});

test('a flood from many addresses is as slow as the class; another class notices nothing', async () => {
  const pace = new JoinPace();
  const got = await joinAt(spread(3_000, 10), pace, (n) => `bot ${n}`);
  expect(got.filter((at) => at !== null).length).toBeLessThan(140);
  expect(await joinAt(spread(40, 1), pace, () => 'nat', 'b')).not.toContain(null);
});

test('a flood from elsewhere leaves the class a part of its pace', async () => {
  const seconds = spread(6_000, 60).flatMap((at, n) => (n % 100 === 0 ? [at, at] : [at]));
  const isReal = (n: number) => n > 0 && seconds[n] === seconds[n - 1];
  const got = await joinAt(seconds, new JoinPace(), (n) => (isReal(n) ? 'nat' : 'flood'));
  const real = got.filter((_, n) => isReal(n));
  expect(real.length).toBe(60);
  expect(real.filter((at) => at !== null).length).toBeGreaterThan(40);
});
