/**
 * One room to many screens: each batch of the trace and each message is encoded once, and every viewer is given the same
 * bytes. Viewers ask nothing: the broker's state is pushed, too. One that does not read costs a position, and learns what
 * it missed; each is served at its own turn.
 */
import { stateJson } from '../../protocol/state-json.ts';
import type { WatchMessage } from '../../protocol/api.ts';
import type { Room } from '../../room/room.ts';
import type { Turns } from '../../shared/turns.ts';
import { wsBinaryFrame, wsTextFrame } from '../listeners/ws-frame.ts';
import { FrameLog, recordsIn } from './frame-log.ts';

export interface CastViewer {
  /** A whole frame of a WebSocket; it is shared, and must not be changed. */
  send(frame: Buffer): void;
  /** Bytes that were given and have not left yet. */
  unsent(): number;
  readonly turns: Turns;
}

/** What happens in so many milliseconds is one frame. */
const flushMs = 100;
/** The broker's state is looked at this often while something happens. */
const stateMs = 500;
/** A longer state is not shown. */
const mostStateText = 262_144;
/** Bytes that may wait for a viewer. */
const mostUnsent = 131_072;

type Name = 'files' | 'state' | 'screen' | 'show';
interface Seat {
  viewer: CastViewer;
  /** The run that it has begun; 0: none. */
  generation: number;
  /** Number of the next entry. */
  next: number;
  /** Messages of which it has not the last. */
  dirty: Set<Name>;
  isQueued: boolean;
}

export class ShowCast {
  readonly #seats = new Map<CastViewer, Seat>();
  readonly #texts = new Map<Name, Buffer>();
  readonly #log = new FrameLog();
  /** Batches that are not in a frame yet. */
  #pending: Uint8Array[] = [];
  /** Number of the last entry that is in a frame, or is gone. */
  #last = 0;
  #run = 0;
  /** Counts runs, over all rooms. */
  #generation = 0;
  #began: { welcome: Buffer; reset: Buffer } | undefined;
  #room: Room | undefined;
  #turns: Turns | undefined;
  #watch: { close(): void } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stateTimer: ReturnType<typeof setTimeout> | undefined;
  #stateText = '';
  /** Frames that were made, for tests and for the measurement. */
  encoded = 0;

  get size(): number {
    return this.#seats.size;
  }

  /** Another room is shown from now on, or the same one again. */
  show(room: Room, turns: Turns): void {
    if (room === this.#room && this.#watch) return;
    this.pause();
    if (room !== this.#room) this.#run = 0;
    this.#room = room;
    this.#turns = turns;
    this.resume();
  }

  /** What the room does meanwhile stays in its trace. */
  pause(): void {
    this.#watch?.close();
    this.#watch = undefined;
    this.#flush();
    clearTimeout(this.#stateTimer);
    this.#stateTimer = undefined;
  }

  resume(): void {
    const room = this.#room;
    if (!room || this.#watch) return;
    this.#watch = room.watch(
      {
        isCast: true,
        ...(this.#turns && { turns: this.#turns }),
        binary: (batch) => this.#batch(batch),
        message: (message) => this.#message(message),
        unsent: () => 0,
      },
      { run: this.#run, n: this.#last + 1 },
    );
    this.#wake();
  }

  #message(message: WatchMessage): void {
    if (message.type === 'welcome' && message.run === this.#run) this.#last += message.missing;
    else if (message.type === 'welcome' || message.type === 'reset') this.#begin(message);
    if (message.type === 'missing') {
      this.#flush();
      this.#last += message.count;
    }
    if (message.type === 'files') this.tell('files', JSON.stringify(message));
  }

  #begin(message: Extract<WatchMessage, { type: 'welcome' | 'reset' }>): void {
    const { run, mosquitto } = message;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#log.clear();
    this.#pending = [];
    this.#generation++;
    this.#run = run;
    this.#last = message.type === 'welcome' ? message.missing : 0;
    this.#began = {
      welcome: this.#text(JSON.stringify({ type: 'welcome', run, missing: 0, mosquitto })),
      reset: this.#text(JSON.stringify({ type: 'reset', run, mosquitto })),
    };
    this.#texts.delete('files');
    this.#wake();
  }

  #batch(batch: Uint8Array): void {
    // Written bytes of a trace never change.
    if (batch.length === 0) return;
    this.#pending.push(batch);
    this.#wake();
  }

  #text(text: string): Buffer {
    this.encoded++;
    return wsTextFrame(text);
  }

  /** A message of which only the last counts. */
  tell(name: Name, text: string): void {
    this.#texts.set(name, this.#text(text));
    for (const seat of this.#seats.values()) seat.dirty.add(name);
    this.#wake();
  }

  #wake(): void {
    this.#timer ??= setTimeout(() => {
      this.#flush();
      this.#serve();
    }, flushMs);
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#pending.length > 0) {
      const bytes = wsBinaryFrame(Buffer.concat(this.#pending));
      this.encoded++;
      const from = this.#last + 1;
      this.#last += this.#pending.reduce((sum, batch) => sum + recordsIn(batch), 0);
      this.#log.add({ bytes, from, next: this.#last + 1 });
      this.#pending = [];
    }
    if (this.#watch) this.#stateTimer ??= setTimeout(() => this.#state(), stateMs);
  }

  #state(): void {
    this.#stateTimer = undefined;
    if (!this.#room || !this.#watch || this.#seats.size === 0) return;
    let text = '';
    try {
      text = JSON.stringify({ type: 'state', id: 0, state: stateJson(this.#room.state) });
    } catch {
      // An outside broker does not tell its state.
    }
    if (text === this.#stateText || text === '' || text.length > mostStateText) return;
    this.#stateText = text;
    this.tell('state', text);
  }

  add(viewer: CastViewer): { close(): void } {
    const dirty = new Set(this.#texts.keys());
    const seat: Seat = { viewer, generation: 0, next: 1, dirty, isQueued: false };
    this.#seats.set(viewer, seat);
    this.#flush();
    this.#queue(seat);
    return { close: () => void this.#seats.delete(viewer) };
  }

  #serve(): void {
    for (const seat of this.#seats.values()) this.#queue(seat);
  }

  #queue(seat: Seat): void {
    if (seat.isQueued || !this.#isBehind(seat)) return;
    seat.isQueued = true;
    seat.viewer.turns.run(() => {
      seat.isQueued = false;
      if (this.#seats.get(seat.viewer) === seat) this.#send(seat);
    });
  }

  #isBehind(seat: Seat): boolean {
    const isBehind = seat.generation !== this.#generation || seat.next <= this.#last;
    return seat.dirty.size > 0 || isBehind;
  }

  /** As much as the viewer reads; the rest with the next frame. */
  #send(seat: Seat): void {
    const { viewer, dirty } = seat;
    if (viewer.unsent() > mostUnsent) return this.#wake();
    if (seat.generation !== this.#generation) {
      viewer.send(this.#began![seat.generation === 0 ? 'welcome' : 'reset']);
      seat.generation = this.#generation;
      seat.next = 1;
    }
    for (const { bytes, from, next } of this.#log.from(seat.next)) {
      if (viewer.unsent() > mostUnsent) return this.#wake();
      if (from > seat.next) viewer.send(this.#missing(seat.next, from - seat.next));
      viewer.send(bytes);
      seat.next = next;
    }
    for (const name of dirty) {
      const text = this.#texts.get(name);
      if (text) viewer.send(text);
    }
    dirty.clear();
  }

  #missing(from: number, count: number): Buffer {
    return this.#text(JSON.stringify({ type: 'missing', run: this.#run, from, count }));
  }

  close(): void {
    this.pause();
    clearTimeout(this.#timer);
    const over = this.#text(JSON.stringify({ type: 'over' }));
    for (const viewer of this.#seats.keys()) viewer.send(over);
    this.#seats.clear();
    this.#room = undefined;
  }
}
