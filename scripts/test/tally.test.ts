import { expect, it } from 'vitest';
import { lastLine, one, playwrightTally, sum, vitestTally, withExit } from './tally.ts';

it('adds up what three programs report', () => {
  const vitest = vitestTally({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2 });
  const playwright = playwrightTally({
    stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 1 },
  });
  expect(lastLine(sum([vitest, playwright, one(true), one(false)]))).toBe(
    '10 passed, 2 failed, 3 skipped',
  );
});

it('counts a program that failed without a failed test as one failure', () => {
  expect(withExit(vitestTally({}), 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  expect(withExit({ passed: 1, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  expect(withExit({ passed: 1, failed: 0, skipped: 0 }, 0).failed).toBe(0);
});
