/** The trace as rows of the diagram: what happened, which exchange it is part of, and what was open then. */
import type {
  FaultEntry,
  LineOpenedEntry,
  LineRefusedEntry,
  TraceEntry,
} from '../../../../sandbox/protocol/trace.ts';
import { ClientLines } from '../../trace/clients.ts';
import { isRowEntry, type RowEntry } from '../../trace/packet-rows.ts';
import { Columns } from '../../trace/columns.ts';
import { type Exchange, Exchanges, noneOpen, type OpenExchanges } from './exchanges.ts';

export type WireEntry = RowEntry | LineOpenedEntry | LineRefusedEntry;
/** The lines that are open. Never changed once made. */
export type LineLives = ReadonlyMap<number, 'open' | 'frozen'>;
export interface Moment {
  lines: LineLives;
  exchanges: OpenExchanges;
}
export interface WireRow {
  n: number;
  at: number;
  entry: WireEntry;
  exchange?: Exchange;
  /** The fault that struck this packet. */
  fault?: FaultEntry['action'];
  before: Moment;
  after: Moment;
}

/** What of a `RunRecord` the diagram reads. */
export interface WireTrace {
  generation: number;
  entries: readonly TraceEntry[];
  entriesLeftOut: number;
}

const start: Moment = { lines: new Map(), exchanges: noneOpen };

/** Grows with a run's trace. `sync` may be called as often as there is news. */
export class WireRows {
  /** Whether any message of QoS 1 or 2 was seen. */
  hasExchanges = false;
  rows: WireRow[] = [];
  columns = new Columns();
  lines = new ClientLines();
  #exchanges = new Exchanges();
  #now = start;
  #generation = -1;
  #leftOut = 0;
  #last = 0;

  /** Returns whether the rows of before are still at their places. */
  sync(trace: WireTrace): boolean {
    const kept = trace.generation === this.#generation && trace.entriesLeftOut === this.#leftOut;
    if (trace.generation !== this.#generation) {
      this.columns = new Columns();
      this.lines = new ClientLines();
      this.#exchanges = new Exchanges();
      this.#now = start;
      this.#last = 0;
      this.rows = [];
      this.hasExchanges = false;
    } else if (!kept) {
      const oldest = trace.entries[0]?.n ?? Infinity;
      this.rows = this.rows.filter(({ n }) => n >= oldest);
    }
    this.#generation = trace.generation;
    this.#leftOut = trace.entriesLeftOut;
    let first = trace.entries.length;
    while (first > 0 && trace.entries[first - 1]!.n > this.#last) first -= 1;
    for (let i = first; i < trace.entries.length; i += 1) this.#add(trace.entries[i]!);
    return kept;
  }

  #add(entry: TraceEntry): void {
    this.#last = entry.n;
    this.lines.add(entry);
    this.columns.add(entry);
    const before = this.#now;
    const exchange = this.#exchanges.add(entry);
    this.hasExchanges ||= exchange !== undefined;
    const lines = livesAfter(before.lines, entry);
    const exchanges = this.#exchanges.open;
    if (lines !== before.lines || exchanges !== before.exchanges) this.#now = { lines, exchanges };
    if (entry.type === 'fault' && entry.packet !== undefined) {
      // It stands right behind the packet it struck.
      const struck = this.rows.findLast(({ n }) => n <= entry.packet!);
      if (struck?.n === entry.packet) {
        struck.fault = entry.action;
        struck.after = this.#now;
        return;
      }
    }
    if (!isRowEntry(entry) && entry.type !== 'line-opened') return;
    this.rows.push({
      n: entry.n,
      at: entry.at,
      entry,
      ...(exchange && { exchange }),
      before,
      after: this.#now,
    });
  }
}

function livesAfter(lives: LineLives, entry: TraceEntry): LineLives {
  if (!('line' in entry) || entry.line === undefined || entry.type === 'limit') return lives;
  const { line } = entry;
  const now = lives.get(line);
  if (entry.type === 'line-closed') {
    if (now === undefined) return lives;
    const less = new Map(lives);
    less.delete(line);
    return less;
  }
  let next: 'open' | 'frozen' = now ?? 'open';
  if (entry.type === 'packet') {
    // Something passes again: it has thawed. What is dropped says nothing.
    if (entry.fate === 'held') next = 'frozen';
    else if (entry.fate !== 'dropped') next = 'open';
  } else if (entry.type === 'fault' && entry.action === 'freeze') next = 'frozen';
  return next === now ? lives : new Map(lives).set(line, next);
}
