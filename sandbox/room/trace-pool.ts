/**
 * Traces that share memory: if all together are too large, the largest loses its oldest entries.
 * A room that records little keeps all of it, however many others flood.
 */

import { Tally } from './tally.ts';

export interface PooledTrace {
  /** Bytes of memory that it could drop: all but those of its newest entries. */
  readonly spare: number;
  /** Drops its oldest entries until so many bytes are free, if it has them to spare. */
  drop(bytes: number): void;
}

/** Of the largest, at a time: the search for it is rare. */
const share = 1 / 8;

export class TracePool {
  /** What was written into any of them. */
  readonly tally = new Tally();
  readonly #most: number;
  readonly #traces = new Set<PooledTrace>();
  #bytes = 0;

  /** @param most bytes of all traces together */
  constructor(most = Infinity) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  join(trace: PooledTrace): void {
    this.#traces.add(trace);
  }

  /** An empty trace. */
  leave(trace: PooledTrace): void {
    this.#traces.delete(trace);
  }

  /** @param bytes more, or fewer if negative */
  count(bytes: number): void {
    this.#bytes += bytes;
  }

  /** To be called after something was written. */
  trim(): void {
    while (this.#bytes > this.#most) {
      let largest: PooledTrace | undefined;
      for (const trace of this.#traces) if (trace.spare > (largest?.spare ?? 0)) largest = trace;
      if (!largest) return;
      largest.drop(largest.spare * share);
    }
  }
}
