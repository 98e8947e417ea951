/** Two rows of one exercise as one: nothing that was done is lost. */
import type { Work } from '../protocol/work.ts';

/** @param kept of the member that stays: a pass that is stored is never replaced */
export function mergedWork(other: Work, kept: Work | undefined): Work {
  if (!kept) return other;
  const [last, former] = other.active > kept.active ? [other, kept] : [kept, other];
  const pass = kept.passed === null ? other : kept;
  return {
    ...last,
    started: Math.min(other.started, kept.started),
    tries: other.tries + kept.tries,
    green: Math.max(other.green, kept.green),
    checks: Math.max(last.checks, former.checks),
    advanced: Math.max(other.advanced, kept.advanced),
    passed: pass.passed,
    took: pass.took,
    said: kept.said ?? other.said,
  };
}
