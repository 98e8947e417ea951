/** The ordered record of a room: a ring of stated size, in entries and in bytes. */
import type { TraceEntry } from './protocol.ts';

/** An entry before the trace has numbered and timed it. */
export type NewEntry = TraceEntry extends infer E
  ? E extends TraceEntry
    ? Omit<E, 'n' | 'at'>
    : never
  : never;

/** What an entry costs, roughly, beside the bytes that it holds. */
const overhead = 120;
const sizeOf = (entry: TraceEntry): number =>
  overhead + ('bytes' in entry ? entry.bytes.length : 0);

export class Trace {
  #entries: TraceEntry[] = [];
  /** Index of the oldest entry in `#entries`; the array is cut only now and then. */
  #head = 0;
  #bytes = 0;
  #n = 0;
  #start = performance.now();
  readonly #maxEntries: number;
  readonly #maxBytes: number;

  constructor(size: { entries: number; bytes: number }) {
    this.#maxEntries = size.entries;
    this.#maxBytes = size.bytes;
  }

  /** Number of the newest entry; 0 before the first. */
  get last(): number {
    return this.#n;
  }

  /** Number of the oldest entry that is still here. */
  get first(): number {
    return this.#n - (this.#entries.length - this.#head) + 1;
  }

  append(entry: NewEntry): TraceEntry {
    const numbered = entry as TraceEntry;
    numbered.n = ++this.#n;
    numbered.at = performance.now() - this.#start;
    this.#entries.push(numbered);
    this.#bytes += sizeOf(numbered);
    while (
      this.#entries.length - this.#head > this.#maxEntries ||
      (this.#bytes > this.#maxBytes && this.#head < this.#entries.length - 1)
    )
      this.#bytes -= sizeOf(this.#entries[this.#head++]!);
    if (this.#head > 256 && this.#head > this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#head);
      this.#head = 0;
    }
    return numbered;
  }

  /** Entries from number `n` on, at most `most`, and how many before them are gone for good. */
  from(n: number, most = Infinity): { entries: TraceEntry[]; missing: number } {
    const from = Math.max(n, this.first);
    const index = this.#head + (from - this.first);
    return { entries: this.#entries.slice(index, index + most), missing: from - n };
  }

  all(): readonly TraceEntry[] {
    return this.#head === 0 ? this.#entries : this.#entries.slice(this.#head);
  }

  reset(): void {
    this.#entries = [];
    this.#head = this.#bytes = this.#n = 0;
    this.#start = performance.now();
  }
}
