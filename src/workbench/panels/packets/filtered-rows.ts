import type { Words } from '../../i18n/words.ts';
import { ClientNames } from '../../trace/client-names.ts';
import type { PacketRows, RowEntry } from '../../trace/packet-rows.ts';
import { asksNothing, everything, isWanted, type PacketFilter } from './packet-filter.ts';

/** The rows that pass the filter. Grows with the rows, and looks at each of them once. */
export class FilteredRows {
  readonly clients = new ClientNames();
  #entries: RowEntry[] = [];
  #filter = everything;
  #taken = 0;
  readonly #rows: PacketRows;
  readonly #words: Words;

  constructor(rows: PacketRows, words: Words) {
    this.#rows = rows;
    this.#words = words;
  }
  get entries(): readonly RowEntry[] {
    return asksNothing(this.#filter) ? this.#rows.entries : this.#entries;
  }
  get isFiltered(): boolean {
    return !asksNothing(this.#filter);
  }
  filter(filter: PacketFilter): void {
    this.#filter = filter;
    this.sync(false);
  }
  /** `kept`: what `PacketRows.sync` answered. */
  sync(kept: boolean): void {
    const { entries, lines } = this.#rows;
    if (!kept) {
      this.#taken = 0;
      this.#entries = [];
      this.clients.clear();
    }
    for (let i = this.#taken; i < entries.length; i += 1) {
      const entry = entries[i]!;
      this.clients.add(entry);
      if (!this.isFiltered || !isWanted(entry, this.#filter, lines, this.#words)) continue;
      this.#entries.push(entry);
    }
    this.#taken = entries.length;
  }
  /** The clients of the rows. */
  get known() {
    return this.clients.all(this.#rows.lines, this.#words);
  }
}
