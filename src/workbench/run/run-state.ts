import type { DeviceState } from '../../../sandbox/protocol/trace.ts';
import type { CompileProblem } from '../compile/compiled.ts';
import type { FromDevice } from '../device/messages.ts';

/** `replaced`: the room that it ran in is gone, and there is another one. */
export type EndReason =
  'finished' | 'stopped' | 'failed' | 'problems' | 'disconnected' | 'replaced';
export type RunState =
  | { phase: 'idle' }
  | { phase: 'compiling' }
  | { phase: 'starting' }
  /** `busy`: devices without a heartbeat for two seconds; `problems`: of one that was to join. */
  | { phase: 'running'; busy: readonly string[]; problems?: CompileProblem[] }
  | { phase: 'ended'; reason: EndReason; problems?: CompileProblem[]; error?: unknown };

/** The events of an exercise run. */
export type RunEvent =
  | { type: 'state'; state: RunState }
  | { type: 'device-state'; device: string; state: DeviceState }
  | { type: 'device-message'; device: string; message: FromDevice };

/** The state's key of the language files, without its `workbench.state.`. */
export function stateWord(state: RunState): string {
  if (state.phase === 'ended') return state.reason;
  return state.phase === 'running' && state.busy.length > 0 ? 'busy' : state.phase;
}
