import type { WatchMessage } from '../../../sandbox/protocol/api.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { RoomEvent } from './room.ts';

/** How far a page has received its room's trace; turns the watch stream into events. */
export class WatchedTrace {
  readonly #emit: (event: RoomEvent) => void;
  /** Undefined before the first welcome. */
  run: number | undefined;
  /** Number of the newest entry that was received. */
  last = 0;

  constructor(emit: (event: RoomEvent) => void) {
    this.#emit = emit;
  }

  /** The room is another one from now on. */
  forget(): void {
    this.run = undefined;
    this.last = 0;
  }

  handle(message: WatchMessage): void {
    if (message.type === 'welcome' && message.run !== this.run) this.#startRun(message.run);
    if (message.type === 'reset') this.#startRun(message.run);
    if (message.type === 'welcome' || message.type === 'reset') {
      this.#emit({ type: 'mosquitto', version: message.mosquitto });
    }
    if (!('run' in message) || message.run !== this.run) return;
    if (message.type === 'checks') {
      const { last, results } = message;
      this.#emit({ type: 'checks', last, results });
    }
    if (message.type === 'files') {
      const { started, problems } = message;
      this.#emit({ type: 'files', status: { started, problems } });
    }
    if (message.type === 'missing') this.#emit({ type: 'missing', count: message.count });
  }

  /** A room that came back may send again what this page has. */
  handleEntries(received: readonly TraceEntry[]): void {
    const entries = received.filter(({ n }) => n > this.last);
    const last = entries.at(-1);
    if (!last) return;
    this.last = last.n;
    this.#emit({ type: 'entries', entries });
  }

  #startRun(run: number): void {
    this.run = run;
    this.last = 0;
    this.#emit({ type: 'reset', run });
  }
}
