/** Evaluates an exercise's checks over a room's trace and its broker's state. */
import type { CheckResult, Exercise, Hint, View } from '../protocol/exercise.ts';
import { SandboxError } from '../shared/errors.ts';
import { explainsTrouble, seenBy, troubleOf, visibleValues } from './common.ts';

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
    if (found) return { id, values: found === true ? {} : visibleValues(found) };
  }
  return undefined;
};

/**
 * One hint at a time: that of the first check that has one. What the room refused comes before an
 * exercise's own hints; once a run is over and no hint fits, the first check that does not hold says
 * what was seen.
 */
export function evaluate(exercise: Exercise, view: View): CheckResult[] {
  const results = exercise.checks.map(({ id, holds, hints = [] }): CheckResult => {
    if (decided(() => holds(view))) return { id, state: 'true' };
    const hint = hintOf(hints, view);
    return hint ? { id, state: 'not-yet', hint } : { id, state: 'not-yet' };
  });
  const first = results.find(({ state }) => state === 'not-yet');
  if (!first) return results;
  const own = results.find(({ hint }) => hint && explainsTrouble(hint.id));
  const trouble = own ? undefined : troubleOf(view, exercise.explains);
  const told = own ?? (trouble ? undefined : results.find(({ hint }) => hint));
  const place = told ?? first;
  const hint = told?.hint ?? trouble ?? seenBy(exercise, view);
  return results.map(({ id, state }) =>
    id === place.id && hint ? { id, state, hint } : { id, state },
  );
}
