import type { DeviceState, TraceEntry } from '../../../sandbox/protocol/trace.ts';

export type ConsoleLevel = 'debug' | 'log' | 'info' | 'warn' | 'error';
export interface ConsoleLine {
  device: string;
  level: ConsoleLevel;
  text: string;
  /** Milliseconds since the run began. */
  at: number;
  /** The position in the learner's file, 1-based. */
  position?: { line: number; column: number };
}

export interface RecordLimits {
  entries: number;
  lines: number;
  /** Characters of one console line. */
  text: number;
}
/** Trace entries: a run of the longest exercise is about 3,000; a page holds this many in 15 MB. */
const recordLimits: RecordLimits = { entries: 20_000, lines: 2_000, text: 8_192 };

/** Keeps the newest; forgets the oldest tenth at once, so that adding to a full list is cheap. */
class Bounded<T> {
  items: T[] = [];
  leftOut = 0;
  readonly #most: number;
  constructor(most: number) {
    this.#most = most;
  }
  add(items: readonly T[]): void {
    for (const item of items) this.items.push(item);
    if (this.items.length <= this.#most) return;
    const keep = Math.floor(this.#most * 0.9);
    this.leftOut += this.items.length - keep;
    this.items = this.items.slice(-keep);
  }
}

/** What views read of a record. */
export type RecordView = Pick<
  RunRecord,
  | 'generation'
  | 'entries'
  | 'entriesLeftOut'
  | 'lines'
  | 'linesLeftOut'
  | 'states'
  | 'subscribe'
  | 'onBegin'
>;

/**
 * The record of one run: the room's trace, the programs' console lines and their states. Panels are
 * views of it. However often it changes, subscribers are called at most once a frame.
 */
export class RunRecord {
  /** Counts the runs, so that a view knows when to start again. */
  generation = 0;
  readonly states: Map<string, DeviceState> = new Map();
  readonly #limits: RecordLimits;
  readonly #schedule: (notify: () => void) => void;
  readonly #subscribers = new Set<() => void>();
  readonly #atBeginnings = new Set<() => void>();
  #trace: Bounded<TraceEntry>;
  #console: Bounded<ConsoleLine>;
  #scheduled = false;

  /** `schedule` calls back once at the next frame. */
  constructor(schedule: (notify: () => void) => void, limits = recordLimits) {
    this.#schedule = schedule;
    this.#limits = limits;
    this.#trace = new Bounded(limits.entries);
    this.#console = new Bounded(limits.lines);
  }

  get entries(): readonly TraceEntry[] {
    return this.#trace.items;
  }
  /** Entry `n` has been received. */
  has(n: number): boolean {
    return n <= (this.#trace.items.at(-1)?.n ?? 0);
  }
  /** How many of the oldest entries are gone, here or before they reached the page. */
  get entriesLeftOut(): number {
    return this.#trace.leftOut;
  }
  get lines(): readonly ConsoleLine[] {
    return this.#console.items;
  }
  get linesLeftOut(): number {
    return this.#console.leftOut;
  }

  clear(): void {
    this.generation += 1;
    this.#trace = new Bounded(this.#limits.entries);
    this.#console = new Bounded(this.#limits.lines);
    this.states.clear();
    for (const listener of this.#atBeginnings) listener();
    this.#changed();
  }

  addEntries(entries: readonly TraceEntry[]): void {
    this.#trace.add(entries);
    this.#changed();
  }
  /** `count` entries were gone before this page could receive them. */
  addMissing(count: number): void {
    if (count <= 0) return;
    this.#trace.leftOut += count;
    this.#changed();
  }
  addLine(line: ConsoleLine): void {
    const text =
      line.text.length > this.#limits.text
        ? `${line.text.slice(0, this.#limits.text)}…`
        : line.text;
    this.#console.add([{ ...line, text }]);
    this.#changed();
  }
  /** The console lines were `ms` too late. */
  retime(ms: number): void {
    for (const line of this.#console.items) line.at += ms;
    this.#changed();
  }
  setState(device: string, state: DeviceState): void {
    this.states.set(device, state);
    this.#changed();
  }

  /** Returns how to unsubscribe. */
  subscribe(subscriber: () => void): () => void {
    this.#subscribers.add(subscriber);
    return () => this.#subscribers.delete(subscriber);
  }

  /**
   * Calls `listener` at once when a run begins: before its programs start, which do not wait for a
   * frame. Returns how to unsubscribe.
   */
  onBegin(listener: () => void): () => void {
    this.#atBeginnings.add(listener);
    return () => this.#atBeginnings.delete(listener);
  }

  #changed(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#schedule(() => {
      this.#scheduled = false;
      for (const subscriber of this.#subscribers) subscriber();
    });
  }
}
