import type { BrokerProcess } from '../../../sandbox/protocol/process.ts';
import type { BrokerEntry } from '../../../sandbox/protocol/trace.ts';
import { RebuiltRetained } from './retained.ts';
import type { RebuiltSession } from './session.ts';

interface Kept {
  retained: RebuiltRetained;
  sessions: RebuiltSession[];
}

const stateAfter = {
  stopped: 'stopped',
  killed: 'killed',
  'power-cut': 'off',
  started: 'running',
  failed: 'failed',
} as const satisfies Record<Exclude<BrokerEntry['what'], 'saved'>, BrokerProcess['state']>;

/** The broker's process and its file, as the trace tells of them. */
export class RebuiltDisk {
  /** Known once something was done to the process. */
  process: BrokerProcess | undefined;
  #file: Kept | undefined;

  /** What the broker holds after the entry, if it is another one; undefined: as before. */
  after(
    { what, file, at }: BrokerEntry,
    held: { retained: RebuiltRetained; sessions: ReadonlyMap<string, RebuiltSession> },
  ): Kept | undefined {
    if ((what === 'saved' || what === 'stopped') && file) {
      const saved = [...held.sessions.values()].filter(({ isSaved }) => isSaved);
      this.#file = {
        retained: held.retained.copy(),
        sessions: saved.map((session) => session.copy(at)),
      };
    }
    if (what === 'saved') return undefined;
    this.process = { state: stateAfter[what] };
    const read = what === 'started' && file ? this.#file : undefined;
    return {
      retained: read?.retained.copy() ?? new RebuiltRetained(),
      sessions: read?.sessions.map((session) => session.copy(at)) ?? [],
    };
  }
}
