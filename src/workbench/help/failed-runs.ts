/** Counts the runs in a row that ended with the same check not true. Pure. */
import type { CheckResult } from '../../../sandbox/protocol/exercise.ts';

/** So many failed runs on one check, and help is offered. */
export const runsBeforeHelp = 2;

export class FailedRuns {
  /** The first check that was not true when the last run ended. */
  check: string | undefined;
  count = 0;

  /** @param results those of a run that has ended; without any, it proved nothing and does not count */
  ended(results: readonly CheckResult[]): void {
    if (results.length === 0) return;
    const red = results.find(({ state }) => state === 'not-yet')?.id;
    this.count = red === undefined ? 0 : red === this.check ? this.count + 1 : 1;
    this.check = red;
  }
  get needsHelp(): boolean {
    return this.count >= runsBeforeHelp;
  }
}
