import type { Layout } from './layout.ts';
import type { Programs } from '../run/programs.ts';
import { errorNotice } from '../notices/room-error.ts';
import type { Problem, SessionState } from '../run/session-state.ts';
import type { Words } from '../i18n/words.ts';

export interface RunNoticesDeps {
  notices: Layout['notices'];
  programs: Programs;
  words: Words;
  /** The connection says by itself that it is lost. */
  isLost(): boolean;
  show(file: string): void;
  runAgain(): void;
}

/** What a run's state has to say besides its word in the toolbar, with the one thing to do. */
export function createRunNotices(parts: RunNoticesDeps) {
  const { notices, programs, words } = parts;

  function showProblem(problem: Problem | undefined): void {
    if (!problem) return notices.show('problem', undefined);
    const { file, line, column, message } = problem;
    const goTo = () => {
      parts.show(file);
      programs.editor?.revealProblem(file, line, column, message);
    };
    goTo();
    notices.show('problem', {
      tone: 'wrong',
      text: words('workbench.notice.problems', { file, line, message }),
      action: { label: words('workbench.go-there', { line }), do: goTo },
    });
  }

  return (state: SessionState): void => {
    const busy = state.phase === 'running' ? state.busy[0] : undefined;
    const text = words('workbench.notice.busy', { file: `${busy}.ts` });
    notices.show('busy', busy === undefined ? undefined : { text });
    showProblem('problems' in state ? state.problems?.[0] : undefined);
    const error = state.phase === 'ended' && !parts.isLost() ? state.error : undefined;
    notices.show(
      'end',
      error === undefined ? undefined : errorNotice(error, words, parts.runAgain),
    );
  };
}
