/**
 * The stream that aedes holds for one client. Bytes go through as they are but for the few packets
 * that `connection.ts` corrects, and the broker's own PUBLISH packets join here,
 * in the order in which both were written.
 */
import { Buffer } from 'buffer';
import { Duplex } from 'readable-stream';
import { frameLength } from '../../../mqtt/varint.ts';

export interface ClientStreamHost {
  /** A whole packet from the client; answers it or a corrected copy. */
  incoming(frame: Uint8Array): Uint8Array;
  /** A whole packet that aedes wrote; answers it, a corrected copy, or null: it must not be sent. */
  outgoing(frame: Buffer): Uint8Array | null;
  /** Every packet that is handed to the line. */
  sent(frame: Uint8Array): void;
  /** The line has ended; what came before may still be unread. */
  ended(): void;
}

export class ClientStream extends Duplex {
  readonly line: Duplex;
  readonly host: ClientStreamHost;
  /** What waits for the end of this turn: our frames, and aedes' packets in their pieces. */
  #out: (Uint8Array | Uint8Array[])[] = [];
  #flushing = false;
  /** aedes takes CONNECT first; the rest waits until the client is registered. */
  #gate: 'connect' | 'hold' | 'open' = 'connect';
  #held: Uint8Array[] = [];
  /** For aedes, and not read yet: a stream's own buffer costs more than all else that is done here. */
  #incoming: Uint8Array[] = [];
  #incomingBytes = 0;
  #rest: Uint8Array | null = null;
  #ended = false;

  constructor(line: Duplex, host: ClientStreamHost) {
    super({ allowHalfOpen: true });
    this.line = line;
    this.host = host;
    line.on('data', (chunk: Uint8Array) => this.#receive(chunk));
    line.on('end', () => this.#end());
    line.on('error', () => this.#end());
    line.on('close', () => this.#end());
    line.on('drain', () => this.emit('drain'));
  }

  /** Bytes that wait because the client doesn't read. */
  get unsent(): number {
    return this.line.writableLength;
  }

  /** A whole packet of our own. */
  send(frame: Uint8Array): void {
    if (this.destroyed) return;
    this.#out.push(frame);
    if (this.#flushing) return;
    this.#flushing = true;
    queueMicrotask(() => this.flush());
  }

  /** The client is registered and CONNACK written: what it sent meanwhile goes through. */
  open(): void {
    this.#gate = 'open';
    const held = this.#held;
    this.#held = [];
    for (const frame of held) this.#take(frame);
    this.#pushEnd();
  }

  // ── To the line ──

  /** mqtt-packet corks before each packet that it writes: the pieces that follow are one packet. */
  override cork(): void {
    this.#out.push([]);
  }

  override uncork(): void {
    this.flush();
  }

  override write(chunk: unknown, encoding?: unknown): boolean {
    const piece =
      typeof chunk === 'string'
        ? Buffer.from(chunk, encoding as BufferEncoding)
        : (chunk as Uint8Array);
    const last = this.#out.at(-1);
    if (Array.isArray(last)) last.push(piece);
    else this.#out.push([piece]);
    return !this.line.writableNeedDrain;
  }

  flush(): void {
    this.#flushing = false;
    const out = this.#out;
    if (out.length === 0) return;
    this.#out = [];
    if (!this.line.writable) return;
    const frames: Uint8Array[] = [];
    for (const entry of out) {
      if (Array.isArray(entry) && entry.length === 0) continue;
      const frame = Array.isArray(entry) ? this.host.outgoing(Buffer.concat(entry)) : entry;
      if (!frame) continue;
      frames.push(frame);
      this.host.sent(frame);
    }
    if (frames.length === 0) return;
    this.line.write(frames.length === 1 ? frames[0] : Buffer.concat(frames));
  }

  override _destroy(_error: Error | null, done: (error: Error | null) => void): void {
    this.flush();
    this.#held = this.#incoming = [];
    const { line } = this;
    // What has been written still goes out; a client that doesn't read gets a second for it.
    if (!line.writable || line.writableLength === 0) line.destroy();
    else {
      const timer = setTimeout(() => line.destroy(), 1000);
      line.end(() => line.destroy());
      line.on('close', () => clearTimeout(timer));
    }
    done(null);
  }

  // ── From the line ──

  override _read(): void {
    if (this.line.isPaused()) this.line.resume();
  }

  /** aedes asks for all that is there, whenever it has done what it had. */
  override read(size?: number): Buffer | null {
    const frames = this.#incoming;
    // The end is the stream's own; so is a `read(0)`, which takes nothing.
    if (frames.length === 0 || size === 0) return super.read(size) as Buffer | null;
    this.#incoming = [];
    this.#incomingBytes = 0;
    this._read();
    this.#pushEnd();
    const [first] = frames;
    if (frames.length > 1 || !Buffer.isBuffer(first)) return Buffer.concat(frames);
    return first;
  }

  #give(frame: Uint8Array): void {
    this.#incomingBytes += frame.length;
    if (this.#incomingBytes > this.readableHighWaterMark) this.line.pause();
    if (this.#incoming.push(frame) === 1) queueMicrotask(() => this.emit('readable'));
  }

  #receive(chunk: Uint8Array): void {
    let bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = null;
    while (bytes.length > 0) {
      const length = frameLength(bytes);
      if (length === 0 || length > bytes.length) {
        this.#rest = bytes;
        return;
      }
      this.#take(bytes.subarray(0, length));
      bytes = bytes.subarray(length);
    }
  }

  #take(frame: Uint8Array): void {
    if (this.destroyed) return;
    if (this.#gate === 'hold') {
      this.#held.push(frame);
      // One CONNECT at a time needs a moment; nobody needs to send much meanwhile.
      if (this.#held.length > 100) this.line.pause();
      return;
    }
    if (this.#gate === 'connect') this.#gate = 'hold';
    this.#give(this.host.incoming(frame));
  }

  #pushEnd(): void {
    if (this.#ended && this.#gate !== 'hold' && this.#incoming.length === 0) this.push(null);
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.host.ended();
    // aedes first reads what has arrived (a DISCONNECT, say), then sees the end.
    this.#pushEnd();
    // Nothing can be written any more: whoever waits for that is let go.
    this.emit('drain');
  }
}
