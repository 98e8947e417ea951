/** What each client received and each program printed, in one order, and who listens to what. */
import type { PacketEntry } from '../../../../sandbox/protocol/trace.ts';
import type { ConsoleLine } from '../../run/record.ts';
import { ClientLines } from '../../trace/clients.ts';
import { TraceCursor, type Growing } from '../../trace/trace-cursor.ts';
import { arrived, isPublish, TopicAliases } from '../../trace/topic-aliases.ts';
import { Listeners } from './listeners.ts';

export interface Received {
  what: 'received';
  /** Counts the items of a run. */
  id: number;
  at: number;
  line: number;
  entry: PacketEntry;
  /** Where the packet has an alias instead. */
  topic?: string;
}
export interface Printed {
  what: 'printed';
  id: number;
  at: number;
  line: ConsoleLine;
}
export type OutputItem = Received | Printed;

export interface GrowingWithOutput extends Growing {
  lines: readonly ConsoleLine[];
  linesLeftOut: number;
}

/** More than a reader scrolls through; older ones are counted. */
const mostItems = 2_000;

/** What was printed in the moment of a message answers it: it stands behind it. */
const rank = ({ what }: OutputItem): number => (what === 'received' ? 0 : 1);
const isBefore = (a: OutputItem, b: OutputItem): boolean =>
  a.at < b.at || (a.at === b.at && rank(a) < rank(b));

export class OutputItems {
  /** The clients of the run; another object for each run. */
  lines = new ClientLines();
  readonly listeners = new Listeners();
  /** By time, oldest first. */
  items: OutputItem[] = [];
  /** Items that were forgotten. */
  leftOut = 0;
  readonly #cursor = new TraceCursor();
  readonly #topics = new TopicAliases();
  readonly #most: number;
  #ids = 0;
  #linesTaken = 0;

  constructor(most = mostItems) {
    this.#most = most;
  }

  /** Packets of the run that never reached the page: messages may have been among them. */
  get packetsMissed(): number {
    return this.#cursor.missed;
  }

  /** Answers whether anything is different. */
  sync(record: GrowingWithOutput): boolean {
    const { fresh, begun } = this.#cursor.take(record);
    if (begun) this.#begin();
    const before = this.#ids;
    const isRetimed = this.#retime();
    let hasListened = false;
    for (const entry of fresh) {
      this.lines.add(entry);
      hasListened = this.listeners.add(entry) || hasListened;
      if (entry.type !== 'packet' || entry.direction !== 'to-client' || !isPublish(entry)) continue;
      const topic = entry.version === 5 ? this.#topics.read(entry)?.topic : undefined;
      if (!arrived(entry)) continue;
      this.#insert({
        ...{ what: 'received', id: this.#ids++, at: entry.at, line: entry.line, entry },
        ...(topic !== undefined && { topic }),
      });
    }
    const all = record.linesLeftOut + record.lines.length;
    const news = Math.min(record.lines.length, all - this.#linesTaken);
    this.leftOut += all - this.#linesTaken - news;
    this.#linesTaken = all;
    for (const line of news > 0 ? record.lines.slice(-news) : []) {
      this.#insert({ what: 'printed', id: this.#ids++, at: line.at, line });
    }
    this.#bound();
    return begun || isRetimed || hasListened || this.#ids !== before;
  }

  /** The page learns only by and by when the room's clock began: what was printed moves with it. */
  #retime(): boolean {
    const moved = this.items.filter((item) => item.what === 'printed' && item.at !== item.line.at);
    if (moved.length === 0) return false;
    for (const item of moved) if (item.what === 'printed') item.at = item.line.at;
    this.items.sort((a, b) => a.at - b.at || rank(a) - rank(b) || a.id - b.id);
    return true;
  }

  /** The two come on different ways, so that what is news may be a little older than the last. */
  #insert(item: OutputItem): void {
    const { items } = this;
    let at = items.length;
    while (at > 0 && isBefore(item, items[at - 1]!)) at -= 1;
    items.splice(at, 0, item);
  }
  #bound(): void {
    if (this.items.length <= this.#most) return;
    const keep = Math.floor(this.#most * 0.9);
    this.leftOut += this.items.length - keep;
    this.items = this.items.slice(-keep);
  }
  #begin(): void {
    this.lines = new ClientLines();
    this.listeners.clear();
    this.items = [];
    this.leftOut = 0;
    this.#ids = 0;
    this.#linesTaken = 0;
    this.#topics.clear();
  }
}
