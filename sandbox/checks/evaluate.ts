/** Answers to an exercise's checks, from what a room's trace and its broker hold. */
import type { CheckResult, Exercise, Hint, View } from '../protocol/exercise.ts';

const hintOf = (hints: readonly Hint[], view: View): CheckResult['hint'] => {
  for (const { id, when } of hints) {
    const found = when(view);
    if (found) return { id, values: found === true ? {} : found };
  }
  return undefined;
};

export function evaluate(exercise: Exercise, view: View): CheckResult[] {
  return exercise.checks.map(({ id, holds, hints = [] }) => {
    if (holds(view)) return { id, state: 'true' };
    const hint = hintOf(hints, view);
    return hint ? { id, state: 'not-yet', hint } : { id, state: 'not-yet' };
  });
}
