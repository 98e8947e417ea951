/** Evaluates an exercise's checks over a room's trace and its broker's state. */
import type { CheckResult, Exercise, Hint, View } from '../protocol/exercise.ts';
import { SandboxError } from '../shared/errors.ts';

/**
 * A check that needs a state which the room's broker can't report is undecided, so it is not true.
 */
function decided<Answer>(ask: () => Answer): Answer | undefined {
  try {
    return ask();
  } catch (error) {
    if (error instanceof SandboxError && error.code === 'no-broker-state') return undefined;
    throw error;
  }
}

const hintOf = (hints: readonly Hint[], view: View): CheckResult['hint'] => {
  for (const { id, when } of hints) {
    const found = decided(() => when(view));
    if (found) return { id, values: found === true ? {} : found };
  }
  return undefined;
};

export function evaluate(exercise: Exercise, view: View): CheckResult[] {
  return exercise.checks.map(({ id, holds, hints = [] }) => {
    if (decided(() => holds(view))) return { id, state: 'true' };
    const hint = hintOf(hints, view);
    return hint ? { id, state: 'not-yet', hint } : { id, state: 'not-yet' };
  });
}
