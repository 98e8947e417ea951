/** The running exercise as a picture: who is connected, what travels, what the broker holds. No DOM. */
import { kindOf } from '../../../sandbox/mqtt/packet.ts';
import type { PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { type Column, Columns } from '../trace/columns.ts';
import { type Growing, TraceCursor } from '../trace/trace-cursor.ts';
import { Cable } from './cable.ts';
import type { Cast } from './cast.ts';
import { clientsOf, type StageClients } from './clients.ts';
import { type Label, labelOf } from './lane.ts';
import { News } from './news.ts';
import { Timetable } from './timetable.ts';
import { type Will, Wills } from './wills.ts';

/** What a live text says: who did what. */
export type StageNews =
  | { what: 'packet'; client: Column; direction: 'to-broker' | 'to-client'; label: Label }
  | { what: 'connected' | 'closed' | 'cut'; client: Column }
  | { what: 'will'; client: Column; will: Will };

export interface SyncOptions {
  /** Milliseconds of the page's clock. */
  now: number;
  /**
   * moving: packets travel. still: with reduced motion, nothing travels. past: what happened while
   * nobody looked is counted, and not told.
   */
  mode: 'moving' | 'still' | 'past';
  /** Times as fast as packets travel now; default 1. */
  speed?: number;
}

export class Stage {
  columns = new Columns();
  wills = new Wills();
  readonly news = new News<StageNews>();
  readonly #cast: Cast;
  readonly #cursor = new TraceCursor();
  readonly #timetable = new Timetable();
  #cables = new Map<Column, Cable>();

  /** @param cast who belongs to the exercise, whether or not it has connected yet */
  constructor(cast: Cast) {
    this.#cast = cast;
  }

  /** Reads the new entries. Returns whether there were any, or another run began. */
  sync(record: Growing, options: SyncOptions): boolean {
    const { fresh, begun } = this.#cursor.take(record);
    if (begun) {
      this.columns = new Columns();
      this.wills = new Wills();
      this.#cables = new Map();
      this.#timetable.clear();
      this.news.clear();
    }
    for (const entry of fresh) this.#add(entry, options);
    if (options.mode === 'past') this.news.clear();
    this.settle(options.now);
    return begun || fresh.length > 0;
  }
  /** Has packets of this run travel once more, in this order: those that proved something. */
  again(entries: readonly PacketEntry[], { now, mode }: SyncOptions): void {
    for (const entry of entries) {
      const column = this.columns.of(entry.line);
      if (!column) continue;
      const direction = this.columns.directionOf(entry);
      const slot =
        mode === 'moving' ? this.#timetable.place(column.key, direction, now) : undefined;
      this.cableOf(column).lane(direction).again(entry, slot);
    }
  }
  settle(now: number): void {
    for (const cable of this.#cables.values()) cable.settle(now);
  }
  clients(): StageClients {
    return clientsOf(this.columns, this.#cast, (column) => this.cableOf(column));
  }
  cableOf(column: Column): Cable {
    let cable = this.#cables.get(column);
    if (!cable) this.#cables.set(column, (cable = new Cable()));
    return cable;
  }
  /** When the picture changes without a new entry; undefined if it stands still. */
  nextChange(now: number): number | undefined {
    let next = this.news.due ?? Infinity;
    for (const cable of this.#cables.values()) next = Math.min(next, cable.nextChange(now));
    return Number.isFinite(next) ? next : undefined;
  }

  #add(entry: TraceEntry, { now, mode, speed = 1 }: SyncOptions): void {
    this.columns.add(entry);
    if (!('line' in entry) || entry.line === undefined) return;
    // Who an outside client is, its CONNECT says; until then it is not on the stage.
    const column = this.columns.of(entry.line);
    if (!column) return;
    const cable = this.cableOf(column);
    const before = cable.status;
    cable.add(entry, entry.type === 'packet' ? this.columns.directionOf(entry) : undefined);
    if (cable.status === 'connected' && before !== 'connected') {
      this.news.add({ what: 'connected', client: column });
    }
    if (entry.type === 'fault' && entry.action.includes('cut')) {
      this.news.add({ what: 'cut', client: column });
    }
    const will = this.wills.add(entry, column.key);
    if (will?.state === 'published') this.news.add({ what: 'will', client: column, will });
    else if (entry.type === 'line-closed') this.news.add({ what: 'closed', client: column });
    if (entry.type === 'packet') this.#travel(entry, column, { now, mode, speed });
    const isMoving = mode === 'moving';
    cable.showFrom(isMoving ? this.#timetable.quiet(column.key, now) : now, isMoving);
  }
  #travel(entry: PacketEntry, column: Column, { now, mode, speed }: SyncOptions): void {
    const cable = this.cableOf(column);
    const direction = this.columns.directionOf(entry);
    const lane = cable.lane(direction);
    lane.add(entry, now, mode !== 'past');
    const isMessage = kindOf(entry.bytes[0] ?? 0) === 'PUBLISH';
    if (isMessage && !lane.isStream) {
      this.news.add({ what: 'packet', client: column, direction, label: labelOf(entry) });
    }
    if (mode !== 'moving' || lane.isStream) return;
    const slot = this.#timetable.place(column.key, direction, now, speed);
    if (slot) lane.fly(slot);
  }
}
