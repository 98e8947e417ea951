/**
 * The writing side of a line's socket: it sends the packets of one turn of the event loop together,
 * and closes slow readers.
 */
import type { Duplex } from 'readable-stream';
import { concatBytes } from '../shared/bytes.ts';
import { afterThisTick } from '../shared/end-of-tick.ts';

export interface EgressOptions {
  /** More unsent than this, for `unsentMs`, is too slow. */
  limits: { readonly unsentBytes: number; readonly unsentMs: number };
  /** Bytes that wait before this egress: a delayed or frozen direction. */
  waiting(): number;
  /** The client has not read for too long. */
  slow(): void;
}

/** More than this doesn't wait for the end of the turn. */
const flushBytes = 65_536;

export const joined = (frames: Uint8Array[]): Uint8Array =>
  frames.length === 1 ? frames[0]! : concatBytes(frames);

export class Egress {
  readonly #socket: Duplex;
  readonly #options: EgressOptions;
  #gathered: Uint8Array[] = [];
  #bytes = 0;
  #flushing = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(socket: Duplex, options: EgressOptions) {
    this.#socket = socket;
    this.#options = options;
  }

  /** Bytes that the client has not taken yet. */
  get unsent(): number {
    return this.#socket.writableLength + this.#bytes + this.#options.waiting();
  }

  /**
   * The client is behind by more than the limit. This is read for each QoS 0 message, so the cheap
   * test comes first.
   */
  get behind(): boolean {
    return this.#socket.writableLength > 0 && this.unsent > this.#options.limits.unsentBytes;
  }

  /**
   * To leave with `flush`, at the latest when this turn ends and `flushSoon` was called. Many bytes
   * leave at once: only what the socket has counts in `behind`.
   */
  gather(frame: Uint8Array): void {
    this.#gathered.push(frame);
    this.#bytes += frame.length;
    if (this.#bytes > flushBytes) this.flush();
  }

  flushSoon(): void {
    if (this.#gathered.length === 0 || this.#flushing) return;
    this.#flushing = true;
    afterThisTick(this.#flushAtTurnEnd);
  }

  flush(): void {
    if (this.#gathered.length === 0) return;
    const bytes = joined(this.#gathered);
    this.#gathered = [];
    this.#bytes = 0;
    this.write(bytes);
  }

  write(bytes: Uint8Array): void {
    if (this.#socket.destroyed) return;
    const { limits, slow } = this.#options;
    this.#socket.write(bytes);
    if (this.#timer || this.#closed || this.unsent <= limits.unsentBytes) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.unsent > limits.unsentBytes) slow();
    }, limits.unsentMs);
  }

  /** Sends the bytes that wait, then the end of the stream. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.flush();
  }

  readonly #flushAtTurnEnd = (): void => {
    this.#flushing = false;
    this.flush();
  };
}
