import { expect, test } from 'vitest';
import type { CheckResult } from '../protocol/exercise.ts';
import type { Work } from '../protocol/work.ts';
import { afterChecks, afterRun } from './room-work.ts';

const fresh: Work = {
  ...{ member: 'm', exercise: 'a/b', started: 10, active: 10, tries: 0, repeats: 0, green: 0 },
  ...{ checks: 0, advanced: 10, red: null, hint: null, passed: null, took: null, said: null },
};
const results = (states: string, hint?: CheckResult['hint']): CheckResult[] =>
  [...states].map((state, at) => ({
    id: `c${at}`,
    state: state === '+' ? ('true' as const) : ('not-yet' as const),
    ...(state === '-' && hint && { hint }),
  }));
const hint = { id: 'no-will', values: { topic: 'x'.repeat(5_000) } };

test('a fresh room says nothing of the learner', () => {
  expect(afterChecks(fresh, results('--'), 20)).toBeUndefined();
  expect(afterChecks(fresh, [], 20)).toBeUndefined();
});

test('runs count until a check is true for the first time', () => {
  let work = afterRun(afterRun(fresh, 11), 12);
  expect(work).toMatchObject({ tries: 2, repeats: 2, advanced: 10 });
  work = afterChecks(work, results('+-', hint), 13)!;
  expect(work).toMatchObject({ repeats: 0, green: 1, checks: 2, advanced: 13, red: 'c1' });
  expect(work.hint).toEqual({ id: 'no-will', values: { topic: 'x'.repeat(200) } });
  // The next run begins without anything true: that is no step back.
  work = afterChecks(afterRun(work, 14), results('--'), 15)!;
  expect(work).toMatchObject({ repeats: 1, green: 1, advanced: 13, red: 'c0', hint: null });
  work = afterChecks(work, results('+-'), 16)!;
  expect(work).toMatchObject({ repeats: 1, advanced: 13, red: 'c1', passed: null });
});

test('the last hint of a check stays while a new run has none yet', () => {
  const work = afterChecks(afterRun(fresh, 11), results('-', hint), 12)!;
  expect(afterChecks(afterRun(work, 13), results('-'), 14)!.hint?.id).toBe('no-will');
});

test('the first pass stays the first', () => {
  const work = afterChecks(afterRun(fresh, 11), results('++'), 12)!;
  expect(work).toMatchObject({ passed: 12, took: 1, red: null });
  const again = afterChecks(afterRun(work, 20), results('++'), 21)!;
  expect(again).toMatchObject({ passed: 12, took: 1, tries: 2 });
});

test('a pass without Run is one try', () => {
  expect(afterChecks(fresh, results('+'), 12)).toMatchObject({ passed: 12, took: 1, tries: 1 });
});
