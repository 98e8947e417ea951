import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { secondsALesson } from './growth.ts';

const spec = (...durations: number[]) => ({
  tests: [{ results: durations.map((duration) => ({ duration })) }],
});

test('all tries of the tests of exercises count, and no other test', () => {
  const report = {
    config: { workers: 2 },
    suites: [
      {
        title: 'every-exercise.spec.ts',
        specs: [spec(1_000)],
        suites: [{ title: 'with a finger', specs: [spec(3_000, 4_000)] }],
      },
      { title: 'look.spec.ts', specs: [spec(50_000)] },
    ],
  };
  expect(secondsALesson(report, 4)).toBe(1);
  expect(secondsALesson({ suites: [] }, 4)).toBeUndefined();
});

test('the file that it looks for is there', () => {
  expect(existsSync(new URL('../../e2e/every-exercise.spec.ts', import.meta.url))).toBe(true);
});
