/**
 * The reading side of a line's socket. It cuts what comes into frames and hands them on at the pace
 * of the line's rates, in its turns of the event loop. While anything waits, or the broker is busy,
 * the socket is not read, so nothing is lost.
 */
import type { Duplex } from 'readable-stream';
import type { FrameCutter } from '../mqtt/frame-cutter.ts';
import type { Violation } from '../mqtt/rules/index.ts';
import type { LimitName } from '../shared/config.ts';
import type { Turns } from '../shared/turns.ts';
import type { LineRates } from './rate-pool.ts';

export interface IngressOptions {
  cutter: FrameCutter;
  turns: Turns;
  /** Null for a scene's own clients: they may be as fast as the lesson wants. */
  rates: LineRates | null;
  /** A rate was exceeded; the line rests until it is kept again. */
  exceeded(limit: LimitName): void;
  /** One frame of the client; false if the line is closed by it. */
  frame(frame: Uint8Array): boolean;
  /** The frames of this turn are through. */
  pass(): void;
  /** No MQTT any more. `alone`: no frame came in this chunk before it. */
  refused(violation: Violation, chunk: Uint8Array, alone: boolean): void;
  /** The client is not silent: the line has not read what it says. */
  unread(): void;
}

/** Frames that are cut at a time, at most: the clock is looked at as often. */
const mostFrames = 16;
/** The shortest pause of a line above its rate; then several frames pass at once. Milliseconds. */
const shortestRest = 50;
/** A broker's patience with a silent client is a second and a half at least (3.1.1 section 3.1.2.10). */
const unreadMs = 500;

export class Ingress {
  readonly #socket: Duplex;
  readonly #options: IngressOptions;
  /** Chunks that are not cut to their end; the first from `#at` on. */
  readonly #chunks: Uint8Array[] = [];
  #at = 0;
  /** Frames that are cut and wait. */
  #frames: readonly Uint8Array[] = [];
  #next = 0;
  #batch = mostFrames;
  #violation: Violation | null = null;
  #alone = true;
  #working = false;
  #atEnd: (() => void) | undefined;
  /** The broker has enough for now. */
  #busy = false;
  #paused = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #unreadTimer: ReturnType<typeof setInterval> | undefined;
  /** When every rate is kept again; one may need longer than another. */
  #until = 0;
  /** A rate of packets rests: frames that are here already wait as well. */
  #resting = false;

  constructor(socket: Duplex, options: IngressOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Bytes that have been read and wait. */
  get waiting(): number {
    let bytes = this.#socket.readableLength + this.#options.cutter.waiting - this.#at;
    for (const chunk of this.#chunks) bytes += chunk.length;
    return bytes;
  }

  took(chunk: Uint8Array): void {
    this.tookBytes(chunk.length);
    this.#chunks.push(chunk);
    this.#work();
    this.#settle();
  }

  tookBytes(count: number): void {
    this.#rest('bytesPerSecond', this.#options.rates?.bytes.take(count) ?? 0);
  }

  /** @param weight as of `weightOf` */
  tookPacket(weight: number): void {
    this.#rest('packetsPerSecond', this.#options.rates?.packets.take(weight) ?? 0);
  }

  /** The client has closed: `then` is called after everything that waits. */
  end(then: () => void): void {
    if (this.#chunks.length === 0) then();
    else this.#atEnd ??= then;
  }

  /** The broker has enough for now: `resume` when it reads again. */
  pause(): void {
    this.#busy = true;
    this.#settle();
  }

  /** The broker reads again. */
  resume(): void {
    if (!this.#busy) return;
    this.#busy = false;
    this.#settle();
  }

  close(): void {
    this.#closed = true;
    this.#chunks.length = 0;
    this.#frames = [];
    clearTimeout(this.#timer);
    clearInterval(this.#unreadTimer);
  }

  /** Chunks that arrive during processing are taken by the running loop. */
  #work(): void {
    if (this.#working || this.#resting || this.#chunks.length === 0) return;
    this.#working = true;
    this.#options.turns.run(this.#slice);
  }

  readonly #slice = (): void => {
    if (this.#closed) return;
    const { turns, frame, pass } = this.#options;
    let left = true;
    // At least one batch: a slice may be over before it begins.
    for (let done = 0; !this.#resting;) {
      if (this.#next < this.#frames.length) {
        if (!frame(this.#frames[this.#next++]!)) return;
        done++;
        continue;
      }
      // What the broker does with them counts, too: one frame may go to hundreds.
      if (done > 0) {
        pass();
        if (this.#closed) return;
      }
      if (done > 0 && this.#isOver()) break;
      left = this.#cut();
      if (!left) break;
    }
    if (this.#resting) pass();
    if (this.#closed) return;
    if (left && !this.#resting) turns.later(this.#slice);
    else this.#working = false;
    if (!left) this.#drained();
    this.#settle();
  };

  /** Few frames at a time if they turn out to be dear, many if they are cheap. */
  #isOver(): boolean {
    const { over } = this.#options.turns;
    this.#batch = over ? Math.max(1, this.#batch >> 2) : Math.min(mostFrames, this.#batch * 2);
    return over;
  }

  /** False if nothing is left, or nothing but what is no MQTT. */
  #cut(): boolean {
    this.#frames = [];
    this.#next = 0;
    while (this.#chunks.length > 0 && this.#violation === null) {
      const chunk = this.#chunks[0]!;
      if (this.#at === chunk.length) {
        this.#chunks.shift();
        this.#at = 0;
        this.#alone = true;
        continue;
      }
      const { frames, violation, next } = this.#options.cutter.push(chunk, this.#at, this.#batch);
      this.#frames = frames;
      this.#at = next;
      this.#violation = violation;
      if (frames.length === 0) continue;
      this.#alone = false;
      return true;
    }
    return false;
  }

  #drained(): void {
    const violation = this.#violation;
    const chunk = this.#chunks[0];
    if (violation && chunk) this.#options.refused(violation, chunk, this.#alone);
    if (this.#closed) return;
    const then = this.#atEnd;
    this.#atEnd = undefined;
    then?.();
  }

  #rest(limit: LimitName, ms: number): void {
    if (ms <= 0 || this.#closed) return;
    this.#options.exceeded(limit);
    if (limit === 'packetsPerSecond') this.#resting = true;
    const rest = Math.max(ms, shortestRest);
    const until = performance.now() + rest;
    if (this.#timer && until <= this.#until) return;
    this.#until = until;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#resting = false;
      this.#work();
      this.#settle();
    }, rest);
    this.#settle();
  }

  /** Reads if nothing speaks against it. */
  #settle(): void {
    const paused = this.#busy || this.#timer !== undefined || this.#chunks.length > 0;
    if (paused === this.#paused || this.#closed) return;
    this.#paused = paused;
    clearInterval(this.#unreadTimer);
    if (paused) {
      this.#socket.pause();
      this.#unreadTimer = setInterval(this.#options.unread, unreadMs);
    } else {
      this.#options.unread();
      this.#socket.resume();
    }
  }
}
