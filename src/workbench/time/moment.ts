import type { Capture } from '../capture/read-capture.ts';
import { type ConsoleLine, type RecordView, RunRecord } from '../run/record.ts';
import type { DeviceState, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { RebuiltBrokers, type RebuiltStates } from '../rebuilt/brokers.ts';
import { Emitter } from '../store/emitter.ts';
import { TraceCursor } from '../trace/trace-cursor.ts';
import { indexAfter, Playhead, type Speed } from './playhead.ts';
import { type Step, Steps } from './steps.ts';

type Scene = ConstructorParameters<typeof RebuiltBrokers>[0];
interface Cut {
  entries: readonly TraceEntry[];
  lines: readonly ConsoleLine[];
  states: ReadonlyMap<string, DeviceState>;
}

/** Opened in this page. */
let captures = 0;

/**
 * The record as all views show it: as it is now, or as it was at one moment. To go back is another
 * generation: a view that reads only what is new starts again.
 */
export class Moment implements RecordView {
  /** Whether what is new came one by one: then a view may move it before the reader's eyes. */
  isMoving = true;
  /** The name of the file that is shown instead of the room. */
  capture: string | undefined;
  readonly #head = new Playhead();
  #steps = new Steps();
  readonly #shows = new Emitter();
  readonly #changes = new Emitter();
  readonly #scene: Scene;
  readonly #run: RecordView;
  readonly #stopRun: () => void;
  #source: RecordView;
  #stop: () => void;
  /** How often a view had to start again although no run began. */
  #returns = 0;
  /** Undefined: now. */
  #cut: Cut | undefined;
  /** Number of the newest entry shown. */
  #last = 0;
  #broker = new RebuiltBrokers();
  readonly #brokerCursor = new TraceCursor();

  /** @param scene retained messages that the broker has before the run's first entry */
  constructor(source: RecordView, scene: Scene = []) {
    this.#source = source;
    this.#run = source;
    this.#scene = scene;
    this.#stop = this.#follow();
    // Who runs a program wants to see the room.
    this.#stopRun = source.onBegin(() => this.close());
  }

  // ── The record at the moment ──

  get generation(): number {
    return this.#source.generation + this.#returns;
  }
  get entries(): readonly TraceEntry[] {
    return (this.#cut ?? this.#source).entries;
  }
  /** The record as it is now, whatever moment is shown. */
  get whole(): RecordView {
    return this.#source;
  }
  get entriesLeftOut(): number {
    return this.#source.entriesLeftOut;
  }
  get lines(): readonly ConsoleLine[] {
    return (this.#cut ?? this.#source).lines;
  }
  get linesLeftOut(): number {
    return this.#source.linesLeftOut;
  }
  get states(): RecordView['states'] {
    return (this.#cut ?? this.#source).states as RecordView['states'];
  }
  /** After the record has grown, or another moment is shown. */
  subscribe(listener: () => void): () => void {
    return this.#shows.subscribe(listener);
  }
  /** When a run begins in the room, whatever is shown. */
  onBegin(listener: () => void): () => void {
    return this.#run.onBegin(listener);
  }
  /**
   * What the brokers held then, from the trace. Sessions and messages from before the oldest entry that
   * is kept are missing.
   */
  brokerState(): RebuiltStates {
    const { fresh, begun } = this.#brokerCursor.take(this);
    if (begun) this.#broker = new RebuiltBrokers(this.capture ? [] : this.#scene);
    for (const entry of fresh) this.#broker.add(entry);
    return this.#broker.stateAt(this.entries.at(-1)?.at ?? 0);
  }

  // ── The moment ──

  /** After any of these has changed. */
  onChange(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
  get mode(): Playhead['mode'] {
    return this.#head.mode;
  }
  /** Nothing is left to be played. */
  get isLive(): boolean {
    return this.mode === 'live';
  }
  /** What is shown is the room as it is now: the room itself can be asked. */
  get isNow(): boolean {
    return this.isLive && this.capture === undefined;
  }
  get speed(): Speed {
    return this.#head.speed;
  }
  get steps(): readonly Step[] {
    return this.#steps.all;
  }
  /** How many of the steps have happened. */
  get count(): number {
    return this.#head.count(this.#steps.all);
  }

  /** Milliseconds of the room's clock before which all that is shown happened; Infinity now. */
  get until(): number {
    return (this.isLive ? undefined : this.#steps.all[this.count]?.at) ?? Infinity;
  }
  setSpeed(speed: Speed): void {
    this.#head.speed = speed;
    this.#changes.emit();
  }
  live(): void {
    this.#move(() => this.#head.live());
  }
  /** Stops, or goes on from there. */
  toggle(): void {
    const { all } = this.#steps;
    this.#move(() => (this.mode === 'paused' ? this.#head.play(all) : this.#head.pause(all)));
  }
  step(by: 1 | -1): void {
    this.#move(() => this.#head.step(this.#steps.all, by));
  }
  goTo(count: number): void {
    this.#move(() => this.#head.goTo(this.#steps.all, count));
  }
  /** Shows a capture instead of the room, until it is closed or a run begins. */
  open(name: string, { entries, leftOut }: Capture): void {
    const record = new RunRecord((notify) => notify());
    // No run has such a number.
    record.generation = -1 - (captures += 1);
    record.addEntries(entries);
    record.addMissing(leftOut);
    this.#turnTo(record, name);
  }
  close(): void {
    if (this.capture !== undefined) this.#turnTo(this.#run, undefined);
  }
  /** Milliseconds pass while it plays. */
  tick(ms: number): void {
    const { count, mode } = this;
    this.#head.tick(this.#steps.all, ms);
    if (count !== this.count || mode !== this.mode) this.#show(count);
  }
  dispose(): void {
    this.#stop();
    this.#stopRun();
  }

  #turnTo(source: RecordView, capture: string | undefined): void {
    const { generation } = this;
    this.#stop();
    this.#source = source;
    this.capture = capture;
    this.#returns = generation + 1 - source.generation;
    this.#steps = new Steps();
    this.#head.live();
    this.#cut = undefined;
    this.#stop = this.#follow();
  }

  #move(change: () => void): void {
    const { count } = this;
    change();
    this.#show(count);
  }
  /** @param before the steps that were shown before */
  #show(before: number): void {
    const next = this.#steps.all[this.count];
    this.#cut = this.isLive ? undefined : this.#cutBefore(next);
    const last = this.entries.at(-1)?.n ?? 0;
    if (last < this.#last) this.#returns += 1;
    this.#last = last;
    this.isMoving = this.count === before + 1;
    this.#shows.emit();
    this.#changes.emit();
  }
  #cutBefore(next: Step | undefined): Cut {
    const { entries, lines } = this.#source;
    const shown = entries.slice(0, next ? indexAfter(entries, next.n - 1) : entries.length);
    const later = next ? lines.findIndex(({ at }) => at >= next.at) : -1;
    const states = new Map<string, DeviceState>();
    for (const entry of shown) if (entry.type === 'device') states.set(entry.device, entry.state);
    return {
      entries: shown,
      lines: later < 0 ? [...lines] : lines.slice(0, later),
      states,
    };
  }

  #follow(): () => void {
    this.#grown();
    return this.#source.subscribe(() => this.#grown());
  }
  #grown(): void {
    if (this.#steps.sync(this.#source)) {
      this.#head.live();
      if (this.#cut) this.#returns += 1;
      this.#cut = undefined;
    }
    // Entries that are no longer kept are not shown either.
    if (this.#cut && this.#cut.entries[0]?.n !== this.#source.entries[0]?.n) return this.#show(-1);
    if (this.isLive) {
      this.isMoving = true;
      this.#last = this.entries.at(-1)?.n ?? 0;
      this.#shows.emit();
    }
    this.#changes.emit();
  }
}
