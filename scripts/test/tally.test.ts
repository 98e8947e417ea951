import { expect, it } from 'vitest';
import {
  lastLine,
  one,
  playwrightTally,
  retryBudget,
  sum,
  vitestTally,
  withExit,
} from './tally.ts';

it('adds up what three programs report', () => {
  const vitest = vitestTally({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2 });
  const playwright = playwrightTally({
    stats: { expected: 3, unexpected: 0, flaky: 1, skipped: 1 },
  });
  expect(lastLine(sum([vitest, playwright, one(0), one(1)]))).toBe(
    '10 passed, 2 failed, 3 skipped',
  );
});

it('counts a program that failed without a failed test as one failure', () => {
  expect(withExit(vitestTally({}), 1)).toMatchObject({ failed: 1, failures: ['ended with 1'] });
  expect(withExit({ passed: 1, failed: 2, skipped: 0 }, 1).failed).toBe(2);
  expect(withExit({ passed: 1, failed: 0, skipped: 0 }, 0).failed).toBe(0);
});

it('names what failed, in one line each', () => {
  const vitest = vitestTally({
    testResults: [
      {
        name: 'a.test.ts',
        status: 'failed',
        message: 'no such module\nat …',
        assertionResults: [],
      },
      {
        name: 'b.test.ts',
        status: 'failed',
        assertionResults: [
          {
            fullName: 'adds',
            status: 'failed',
            failureMessages: ['\u001B[31mnot 2\u001B[39m\nat …'],
          },
          { fullName: 'counts', status: 'passed' },
        ],
      },
    ],
  });
  const failed = { results: [{ errors: [{ message: 'timed out\nlog' }] }] };
  const playwright = playwrightTally({
    suites: [
      {
        title: 'run.spec.ts',
        specs: [{ title: 'passes', ok: true }],
        suites: [{ title: 'on a phone', specs: [{ title: 'runs', ok: false, tests: [failed] }] }],
      },
    ],
  });
  expect(sum([vitest, playwright]).failures).toEqual([
    'a.test.ts: no such module',
    'b.test.ts › adds: not 2',
    'run.spec.ts › on a phone › runs: timed out',
  ]);
});

it('names what passed only at the second try', () => {
  const vitest = vitestTally({
    numPassedTests: 2,
    testResults: [
      {
        name: 'a.test.ts',
        assertionResults: [
          { fullName: 'adds', status: 'passed', failureMessages: ['timed out\nat …'] },
          { fullName: 'counts', status: 'passed', failureMessages: [] },
        ],
      },
    ],
  });
  const errors = [
    { message: 'Test timeout of 60000ms exceeded.' },
    {
      message: "Error: late\nCall log:\n\u001b[2m  - waiting for getByRole('tab')\u001b[22m\n",
      location: { file: '/somewhere/e2e/run.spec.ts', line: 12 },
    },
  ];
  const late = { status: 'flaky', results: [{ errors }, {}] };
  const playwright = playwrightTally({
    stats: { flaky: 1 },
    suites: [{ title: 'run.spec.ts', specs: [{ title: 'runs', ok: true, tests: [late] }] }],
  });
  const total = sum([vitest, playwright]);
  expect(total.retries).toEqual([
    'a.test.ts › adds: timed out',
    "run.spec.ts › runs: Test timeout of 60000ms exceeded.; Error: late, waiting for getByRole('tab'), run.spec.ts:12",
  ]);
  expect(total).toMatchObject({ passed: 3, failed: 0, failures: [] });
});

it('allows second tries by the number of tests', () => {
  expect(retryBudget({ passed: 5, failed: 0, skipped: 0 })).toBe(2);
  expect(retryBudget({ passed: 29_000, failed: 1000, skipped: 9000 })).toBe(10);
});
