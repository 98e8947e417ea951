/**
 * A viewer's position in a room's trace. Only the position is kept for a viewer, so a slow viewer
 * costs nothing, and it learns how many entries it missed.
 */
import { sharedTimer, type SharedTimer } from './shared-timer.ts';
import type { WatchMessage } from '../protocol/api.ts';
import type { Trace } from './trace.ts';
import { atOnce, type Turns } from '../shared/turns.ts';

/** The transport of a viewer. */
export interface Viewer {
  binary(batch: Uint8Array): void;
  message(message: WatchMessage): void;
  /** Bytes that were given and have not left yet. */
  unsent(): number;
  /** It hands on to many: it takes no viewer's place, and none takes its. */
  readonly isCast?: true;
  /** When work for it may be done; at once if absent. */
  readonly turns?: Turns;
}

/** Bytes that may wait for a viewer: later entries stay in the trace until those bytes are sent. */
const unsentBytes = 262_144;
/**
 * More entries than this don't wait for the timer: a burst would push them out of the ring before
 * it.
 */
const mostWaiting = 1000;

export class ViewerCursor {
  readonly viewer: Viewer;
  #next: number;
  #waiting = false;
  #closed = false;
  readonly #trace: Trace;
  readonly #run: () => number;
  readonly #turns: Turns;
  readonly #timer: SharedTimer;

  constructor(
    viewer: Viewer,
    room: { trace: Trace; run: () => number; batchMs: number; from: number },
  ) {
    this.viewer = viewer;
    this.#turns = viewer.turns ?? atOnce;
    this.#trace = room.trace;
    this.#run = room.run;
    this.#timer = sharedTimer(room.batchMs);
    this.#next = room.from;
  }

  /** The trace has new entries: they are sent with the next batch. */
  wake(): void {
    if (this.#trace.last - this.#next >= mostWaiting && this.#takes()) this.flush();
    else this.#wait();
  }

  #wait(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#timer.next(this.#onTimer);
  }

  #takes(): boolean {
    return this.viewer.unsent() <= unsentBytes;
  }

  readonly #onTimer = (): void => this.#turns.run(this.#atTurn);

  readonly #atTurn = (): void => {
    this.#waiting = false;
    if (!this.#closed) this.flush();
  };

  /** Sends new entries, as many as the viewer accepts. */
  flush(): void {
    for (let sent = 0; this.#next <= this.#trace.last; sent++) {
      if (!this.#takes()) return this.#wait();
      if (sent > 0 && this.#turns.over) {
        if (!this.#waiting) this.#turns.later(this.#atTurn);
        this.#waiting = true;
        return;
      }
      const { batch, next, missing } = this.#trace.batch(this.#next);
      if (missing > 0)
        this.viewer.message({
          type: 'missing',
          run: this.#run(),
          from: this.#next,
          count: missing,
        });
      this.viewer.binary(batch);
      this.#next = next;
    }
  }

  /** The trace begins anew. */
  restart(): void {
    this.#next = 1;
  }

  close(): void {
    this.#closed = true;
  }
}
