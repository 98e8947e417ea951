/** A member's work as the checks of a room show it: an observer of the room. */
import type { CheckResult, Hint, HintValues } from '../protocol/exercise.ts';
import type { Work } from '../protocol/work.ts';
import type { RoomObserver } from '../room/observer.ts';
import type { Classroom } from './classroom.ts';

/** Values of hints quote what learners published. */
const longestValue = 200;
const mostValues = 10;

export interface RoomWorkOptions {
  member: string;
  exercise: string;
  /** The run in which the room was somebody else's: its results are not the member's. */
  ignoredRun?: number;
}

export function observeWork(
  classroom: Classroom,
  { member, exercise, ignoredRun = 0 }: RoomWorkOptions,
): RoomObserver {
  const present = (): Work =>
    classroom.workOf(member, exercise) ?? newWork(member, exercise, classroom.now());
  return {
    reset(run) {
      // The first run makes the room; each later one is a press on Run.
      if (run > 1) void classroom.record(afterRun(present(), classroom.now()));
    },
    checks(results, run) {
      if (run === ignoredRun) return undefined;
      const after = afterChecks(present(), results, classroom.now());
      return after && classroom.record(after);
    },
  };
}

export const newWork = (member: string, exercise: string, now: number): Work => ({
  ...{ member, exercise, started: now, active: now, tries: 0, repeats: 0 },
  ...{ green: 0, checks: 0, advanced: now, red: null, hint: null },
  ...{ passed: null, took: null, said: null },
});

export const afterRun = (work: Work, now: number): Work => ({
  ...work,
  active: now,
  tries: work.tries + 1,
  repeats: work.repeats + 1,
});

/** Undefined if the results say nothing of the learner: a fresh room in which nothing was done. */
export function afterChecks(
  work: Work,
  results: readonly CheckResult[],
  now: number,
): Work | undefined {
  const green = results.filter(({ state }) => state === 'true').length;
  if (results.length === 0 || (work.tries === 0 && green === 0)) return undefined;
  const isFurther = green > work.green;
  const left = results.filter(({ state }) => state === 'not-yet');
  // As on the learner's page: the hint may belong to a later check than the first that is left.
  const first = left.find(({ hint }) => hint) ?? left[0];
  const red = first?.id ?? null;
  const hint = first?.hint ? bounded(first.hint) : null;
  const isAll = green === results.length;
  return {
    ...work,
    active: now,
    // Done without Run: with an outside program.
    tries: Math.max(1, work.tries),
    repeats: isFurther ? 0 : work.repeats,
    green: Math.max(green, work.green),
    checks: results.length,
    advanced: isFurther ? now : work.advanced,
    red,
    // A run that has only begun has no hint yet: the learner remembers the last one.
    hint: hint ?? (red === work.red ? work.hint : null),
    passed: work.passed ?? (isAll ? now : null),
    took: work.took ?? (isAll ? Math.max(1, work.tries) : null),
  };
}

function bounded({ id, values }: { id: Hint['id']; values: HintValues }): Work['hint'] {
  const some = Object.entries(values)
    .slice(0, mostValues)
    .map(([name, value]) => [
      name,
      typeof value === 'string' ? value.slice(0, longestValue) : value,
    ]);
  return { id, values: Object.fromEntries(some) as HintValues };
}
