/** A member's work on one exercise, as the server keeps it and the teacher's page shows it. */
import * as v from 'valibot';

/** Milliseconds since 1970. */
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

export const hintValues = v.record(v.string(), v.union([v.string(), v.number()]));

export const work = v.object({
  member: v.string(),
  /** `<lesson>/<exercise>`. */
  exercise: v.string(),
  /** The first and the last sign of the learner. */
  started: time,
  active: time,
  /** How often the exercise was run. */
  tries: count,
  /** Runs since a check became true that had never been true before. */
  repeats: count,
  /** The most checks that were true at once, of how many. */
  green: count,
  checks: count,
  /** When `green` last grew; `started` before that. */
  advanced: time,
  /** The first check that is not true yet, and the hint that it gives; null if there is none. */
  red: v.nullable(v.string()),
  hint: v.nullable(v.object({ id: v.string(), values: hintValues })),
  /** When all checks were first true in a room on the server, and with which run. */
  passed: v.nullable(time),
  took: v.nullable(count),
  /** When the learner's page said that it was passed: nobody has checked that. */
  said: v.nullable(time),
});
export type Work = v.InferOutput<typeof work>;

export type WorkState = 'none' | 'working' | 'stuck' | 'said' | 'passed';

/** Stuck: so many runs, or so many milliseconds, without a check that became true for the first time. */
export const stuckTries = 4;
export const stuckMs = 10 * 60_000;
/** A learner without a sign for so long has stopped. */
const awayMs = 30 * 60_000;

/** @param now by the server's clock, milliseconds since 1970 */
export function workState(one: Work | undefined, now: number): WorkState {
  if (!one) return 'none';
  if (one.passed !== null) return 'passed';
  if (one.said !== null) return 'said';
  if (one.tries === 0) return 'none';
  if (now - one.active > awayMs) return 'working';
  const isLong = one.tries > 1 && now - one.advanced >= stuckMs;
  return one.repeats >= stuckTries || isLong ? 'stuck' : 'working';
}
