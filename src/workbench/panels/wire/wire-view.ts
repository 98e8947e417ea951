/** The rows and columns that the filter lets through. Pure: it grows with the record. */
import type { Column } from '../../trace/columns.ts';
import { everything, isShown, type WireFilter } from './filter.ts';
import { type WireTrace, type WireRow, WireRows } from './wire-rows.ts';

export class WireView {
  readonly trace = new WireRows();
  /** Rows to be seen, oldest first. */
  shown: WireRow[] = [];
  generation = -1;
  #filter = everything;
  #filtered = 0;

  setFilter(filter: WireFilter): void {
    this.#filter = filter;
    this.#refilter();
  }

  /** Returns whether the rows of before are still at their places. */
  sync(record: WireTrace): boolean {
    const kept = this.trace.sync(record);
    this.generation = record.generation;
    if (kept) this.#more();
    else this.#refilter();
    return kept;
  }

  /** The columns that are drawn. */
  get columns(): Column[] {
    const { all } = this.trace.columns;
    const { client } = this.#filter;
    return client ? all.filter(({ key }) => key === client) : all;
  }
  /** Another text where columns stand differently or are called otherwise. */
  get arrangement(): string {
    return `${this.generation} ${this.trace.columns.version} ${this.#filter.client}`;
  }

  #refilter(): void {
    this.shown = [];
    this.#filtered = 0;
    this.#more();
  }
  #more(): void {
    const { rows, columns } = this.trace;
    for (; this.#filtered < rows.length; this.#filtered += 1) {
      const row = rows[this.#filtered]!;
      if (isShown(row, this.#filter, columns)) this.shown.push(row);
    }
  }
}
