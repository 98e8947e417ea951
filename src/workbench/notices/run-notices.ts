import type { RunState } from '../run/run-state.ts';
import type { CompileProblem } from '../compile/compiled.ts';
import type { Notice } from './notice.ts';
import { errorNotice } from './room-error.ts';

/** The first problem that keeps a program from running. */
export const problemOf = (state: RunState): CompileProblem | undefined =>
  'problems' in state ? state.problems?.[0] : undefined;

/**
 * The notices of a run's state, besides its word in the toolbar.
 * @param isLost the room is out of reach, which has a notice of its own
 */
export function runNotices(
  state: RunState,
  isLost: boolean,
): Record<'busy' | 'problem' | 'end', Notice | undefined> {
  const busy = state.phase === 'running' ? state.busy[0] : undefined;
  const problem = problemOf(state);
  const error = state.phase === 'ended' && !isLost ? state.error : undefined;
  return {
    busy:
      busy === undefined
        ? undefined
        : { text: { key: 'workbench.notice.busy', values: { file: `${busy}.ts` } } },
    problem: problem && problemNotice(problem),
    end: error === undefined ? undefined : errorNotice(error, { do: 'run' }),
  };
}

function problemNotice(place: CompileProblem): Notice {
  const { file, line, message } = place;
  return {
    tone: 'wrong',
    text: { key: 'workbench.notice.problems', values: { file, line, message } },
    actions: [
      {
        label: { key: 'workbench.go-there', values: { line } },
        action: { do: 'go-to', place },
      },
    ],
  };
}
