/** The byte stream of one client, as whole MQTT packets in both directions. */
import { Buffer } from 'buffer';
import type { Duplex } from 'readable-stream';
import { FrameCutter } from '../../mqtt/frame-cutter.ts';

export interface FrameStreamHost {
  /** A whole packet from the client. */
  received(frame: Uint8Array): void;
  /** A whole packet to the client has been written. */
  sent(frame: Uint8Array): void;
  /** The client is not silent: what it says was not read. */
  unread(): void;
  /** The stream has ended, and all that came before has been received. */
  ended(): void;
}

/** More packets than this do not wait for `open()`: the stream is paused. */
const MOST_HELD = 100;
/** Time for a client that does not read, to receive the bytes that were written before the end. */
const LINGER_MS = 1000;
/** More than this does not wait for the end of the microtask: a SUBSCRIBE may bring half a megabyte. */
const FLUSH_BYTES = 65_536;

export class FrameStream {
  readonly #stream: Duplex;
  readonly #host: FrameStreamHost;
  readonly #cutter = new FrameCutter();
  /** Packets that came while the stream was on hold; null: it is open. */
  #held: Uint8Array[] | null = null;
  /** Packets to the client that wait for the end of this microtask. */
  #out: Uint8Array[] = [];
  #outBytes = 0;
  #flushing = false;
  #ended = false;
  #closed = false;

  constructor(stream: Duplex, host: FrameStreamHost) {
    this.#stream = stream;
    this.#host = host;
    stream.on('data', (chunk: Uint8Array) => {
      const { frames, violation } = this.#cutter.push(chunk);
      for (const frame of frames) this.#receive(frame);
      // The gate lets no such bytes pass.
      if (violation) stream.destroy();
    });
    for (const end of ['end', 'error', 'close']) stream.on(end, () => this.#end());
    stream.on('unread', () => host.unread());
  }

  /** Bytes that wait because the client does not read. */
  get unsent(): number {
    return this.#stream.writableLength;
  }

  /** Packets that arrive from now on wait for `open()`. */
  hold(): void {
    this.#held ??= [];
  }

  open(): void {
    const held = this.#held ?? [];
    this.#held = null;
    for (const frame of held) this.#receive(frame);
    if (this.#stream.isPaused()) this.#stream.resume();
    if (this.#ended && !this.#closed) this.#host.ended();
  }

  send(frame: Uint8Array): void {
    if (this.#closed) return;
    this.#out.push(frame);
    this.#outBytes += frame.length;
    if (this.#outBytes > FLUSH_BYTES) return this.#flush();
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => {
      this.#flushing = false;
      this.#flush();
    });
  }

  /** Ends the stream after the bytes that were sent. */
  close(): void {
    if (this.#closed) return;
    this.#flush();
    this.#closed = true;
    this.#held = null;
    const stream = this.#stream;
    if (!stream.writable || stream.writableLength === 0) {
      stream.destroy();
      return;
    }
    const timer = setTimeout(() => stream.destroy(), LINGER_MS);
    stream.on('close', () => clearTimeout(timer));
    stream.end(() => stream.destroy());
  }

  #receive(frame: Uint8Array): void {
    if (this.#closed) return;
    if (!this.#held) return this.#host.received(frame);
    this.#held.push(frame);
    if (this.#held.length > MOST_HELD) this.#stream.pause();
  }

  #flush(): void {
    const out = this.#out;
    if (out.length === 0) return;
    this.#out = [];
    this.#outBytes = 0;
    if (!this.#stream.writable) return;
    for (const frame of out) this.#host.sent(frame);
    this.#stream.write(out.length === 1 ? out[0] : Buffer.concat(out));
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    if (!this.#held && !this.#closed) this.#host.ended();
  }
}
