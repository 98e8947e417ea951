import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

/** What a panel reads of a run's record. */
export interface Growing {
  /** Counts the runs. */
  generation: number;
  entries: readonly TraceEntry[];
}

/** Walks through a record that grows, and counts what was gone before it could be read here. */
export class TraceCursor {
  /** Entries of this run that nobody here has seen. */
  missed = 0;
  #generation = -1;
  #last = 0;

  /** Entries that are new since the last call; `begun` where they are of another run. */
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
