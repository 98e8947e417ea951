/** A mistake found before the run; lines and columns are 1-based, in the learner's own file. */
export interface Problem {
  file: string;
  line: number;
  column: number;
  message: string;
}
/** `replaced`: the room that it ran in is gone, and there is another one. */
export type EndReason =
  'finished' | 'stopped' | 'failed' | 'problems' | 'disconnected' | 'replaced';
export type SessionState =
  | { phase: 'idle' }
  | { phase: 'compiling' }
  | { phase: 'starting' }
  /** `busy`: devices that have not answered for two seconds; `problems`: of one that was to join. */
  | { phase: 'running'; busy: readonly string[]; problems?: Problem[] }
  | { phase: 'ended'; reason: EndReason; problems?: Problem[]; error?: unknown };

/** The end of the key `workbench.state.…` that says it. */
export function stateWord(state: SessionState): string {
  if (state.phase === 'ended') return state.reason;
  return state.phase === 'running' && state.busy.length > 0 ? 'busy' : state.phase;
}
