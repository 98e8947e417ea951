/** The expected outcome of each set of programs of an exercise. */
import type { CheckResult } from '../../sandbox/protocol/exercise.ts';

/** The error of an outcome; undefined if it is as expected. */
export type Expectation = (results: readonly CheckResult[]) => string | undefined;

const states = (results: readonly CheckResult[]) =>
  results.map(({ id, state, hint }) => `${id} ${state}${hint ? ` (${hint.id})` : ''}`).join(', ');
const allTrue = (results: readonly CheckResult[]) =>
  results.length > 0 && results.every(({ state }) => state === 'true');

export const passes: Expectation = (results) =>
  allTrue(results) ? undefined : `must pass: ${states(results)}`;

export const fails: Expectation = (results) =>
  allTrue(results) ? 'passes already: there is nothing left to do' : undefined;

export const getsHint =
  (id: string): Expectation =>
  (results) => {
    if (allTrue(results)) return `passes; it must fail with the hint ${id}`;
    const hints = results.flatMap(({ hint }) => (hint ? [hint.id] : []));
    return hints.length === 1 && hints[0] === id
      ? undefined
      : `must get the hint ${id} and no other: ${states(results)}`;
  };
