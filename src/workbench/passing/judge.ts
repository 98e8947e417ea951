/** What a run says beyond its checks: what was proved, and what came of the predictions. Pure. */
import type { Exercise, HintValues, Outcome, View } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

export interface Judgement {
  /** Undefined until all checks hold, or if the trace no longer has what was proved. */
  proof: HintValues | undefined;
  /** By the id of the prediction; only those that this run decides. */
  outcomes: Record<string, Outcome>;
}
export type Judged = Pick<Exercise, 'proof' | 'predictions'>;

/** @param isPassed whether all checks hold */
export function judge(
  { proof = () => ({}), predictions = [] }: Judged,
  entries: readonly TraceEntry[],
  isPassed: boolean,
): Judgement {
  const view = viewOf(entries);
  const outcomes: Record<string, Outcome> = {};
  for (const { id, measure } of predictions) {
    const outcome = attempt(() => measure(view));
    if (outcome) outcomes[id] = outcome;
  }
  return { proof: isPassed ? attempt(() => proof(view)) : undefined, outcomes };
}

/** A page has the trace, and not the broker's state. */
export const viewOf = (entries: readonly TraceEntry[]): View => ({
  entries,
  get state(): never {
    throw new Error('proofs and predictions read the trace alone');
  },
});

/** The oldest entries of a long run are overwritten, so what a lesson looks for may be gone. */
function attempt<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
