import type { BrokerEntry, LineClosedEntry, LineRefusedEntry, PacketEntry, RefusedEntry } from '../../../sandbox/protocol/trace.ts'; // prettier-ignore
import { type Growing, TraceCursor } from '../trace/trace-cursor.ts';

export type StepEntry =
  PacketEntry | RefusedEntry | LineClosedEntry | LineRefusedEntry | BrokerEntry;
/** A moment of a run at which one can stop: a packet, or the end of a connection or of the broker. */
export interface Step {
  n: number;
  at: number;
  entry: StepEntry;
  /** Packets of the run up to and with this step. */
  packets: number;
}

/** The steps of a run, from its trace. */
export class Steps {
  /** Oldest first; those of entries that are no longer kept are gone. */
  all: Step[] = [];
  readonly #cursor = new TraceCursor();
  #leftOut = 0;

  /** Returns whether another run began. */
  sync(record: Growing & { entriesLeftOut: number }): boolean {
    const { fresh, begun } = this.#cursor.take(record);
    if (begun) this.all = [];
    else if (record.entriesLeftOut !== this.#leftOut) {
      const oldest = record.entries[0]?.n ?? Infinity;
      this.all = this.all.filter(({ n }) => n >= oldest);
    }
    this.#leftOut = record.entriesLeftOut;
    let packets = this.all.at(-1)?.packets ?? 0;
    for (const entry of fresh) {
      const { type, n, at } = entry;
      if (type === 'packet' || type === 'refused') packets += 1;
      else if (type !== 'line-closed' && type !== 'line-refused' && type !== 'broker') continue;
      this.all.push({ n, at, entry, packets });
    }
    return begun;
  }
}
