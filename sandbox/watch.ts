/**
 * A viewer's place in a room's trace: nothing is queued for a viewer but its position, so a slow
 * one costs nothing and is told what it missed.
 */
import { encodeBatch } from './batch.ts';
import type { WatchMessage } from './protocol.ts';
import type { Trace } from './trace.ts';

/** Where a viewer's bytes go. */
export interface Viewer {
  binary(batch: Uint8Array): void;
  message(message: WatchMessage): void;
  /** Bytes that were given and have not left yet. */
  unsent(): number;
}

/** At most so many entries a batch, and so many bytes waiting: a batch is cut up, not dropped. */
const batchEntries = 500;
const unsentBytes = 262_144;

export class Watch {
  readonly viewer: Viewer;
  #next: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #trace: Trace;
  readonly #run: () => number;
  readonly #batchMs: number;

  constructor(
    viewer: Viewer,
    room: { trace: Trace; run: () => number; batchMs: number; from: number },
  ) {
    this.viewer = viewer;
    this.#trace = room.trace;
    this.#run = room.run;
    this.#batchMs = room.batchMs;
    this.#next = room.from;
  }

  /** There is something new: it leaves with the next batch. */
  wake(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush();
    }, this.#batchMs);
  }

  /** Sends what is new, as far as the viewer takes it. */
  flush(): void {
    while (this.#next <= this.#trace.last) {
      if (this.viewer.unsent() > unsentBytes) return this.wake();
      const { entries, missing } = this.#trace.from(this.#next, batchEntries);
      if (missing > 0)
        this.viewer.message({
          type: 'missing',
          run: this.#run(),
          from: this.#next,
          count: missing,
        });
      this.viewer.binary(encodeBatch(entries));
      this.#next += missing + entries.length;
    }
  }

  /** The trace begins anew. */
  restart(): void {
    this.#next = 1;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
