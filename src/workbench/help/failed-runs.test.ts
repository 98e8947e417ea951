import { expect, test } from 'vitest';
import { FailedRuns } from './failed-runs.ts';

const results = (...states: ('true' | 'not-yet')[]) =>
  states.map((state, at) => ({ id: `check-${at}`, state }));

test('help comes with the second run in a row that failed at the same check', () => {
  const runs = new FailedRuns();
  const after = (...states: ('true' | 'not-yet')[]) => {
    runs.ended(results(...states));
    return runs.needsHelp;
  };
  expect(after('not-yet', 'not-yet')).toBe(false);
  // Got further: another check, another count.
  expect(after('true', 'not-yet')).toBe(false);
  expect(after('true', 'not-yet')).toBe(true);
  expect(after()).toBe(true);
  expect(after('true', 'true')).toBe(false);
  expect(after('true', 'not-yet')).toBe(false);
});
