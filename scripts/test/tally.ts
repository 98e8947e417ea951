/** Counting tests, over programs that each report in their own way. */

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

export const one = (passed: boolean): Tally => ({
  passed: passed ? 1 : 0,
  failed: passed ? 0 : 1,
  skipped: 0,
});

export function sum(tallies: Iterable<Tally>): Tally {
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const { passed, failed, skipped } of tallies) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
  }
  return total;
}

/**
 * A step's tally, made honest by how its program ended: one that failed without a failed test
 * (a file that does not load, a crash) counts as one failure.
 */
export const withExit = (tally: Tally, code: number): Tally =>
  code !== 0 && tally.failed === 0 ? { ...tally, failed: 1 } : tally;

const number = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** Vitest's JSON report (`--reporter=json`). */
export function vitestTally(report: Record<string, unknown>): Tally {
  return {
    passed: number(report['numPassedTests']),
    failed: number(report['numFailedTests']),
    skipped: number(report['numPendingTests']) + number(report['numTodoTests']),
  };
}

/** Playwright's JSON report. */
export function playwrightTally(report: { stats?: Record<string, unknown> }): Tally {
  const { stats = {} } = report;
  return {
    // A flaky test passed when it was tried again; Playwright's own list names it.
    passed: number(stats['expected']) + number(stats['flaky']),
    failed: number(stats['unexpected']),
    skipped: number(stats['skipped']),
  };
}

export const lastLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed} failed, ${skipped} skipped`;
