import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

/** The parts of a run's record that a panel reads. */
export interface Growing {
  /** Counts the runs. */
  generation: number;
  entries: readonly TraceEntry[];
}

/**
 * Reads the new entries of a record, and counts entries that were dropped before they were read.
 */
export class TraceCursor {
  /** Entries of this run that were dropped unread. */
  missed = 0;
  #generation = -1;
  #last = 0;

  /** Entries that are new since the last call; `begun` if they are of another run. */
  take({ generation, entries }: Growing): { fresh: readonly TraceEntry[]; begun: boolean } {
    const begun = generation !== this.#generation;
    if (begun) {
      this.#generation = generation;
      this.#last = 0;
      this.missed = 0;
    }
    let first = entries.length;
    while (first > 0 && entries[first - 1]!.n > this.#last) first -= 1;
    const fresh = entries.slice(first);
    const last = fresh.at(-1)?.n ?? this.#last;
    // The room numbers its entries without a gap.
    this.missed += last - this.#last - fresh.length;
    this.#last = last;
    return { fresh, begun };
  }
}
