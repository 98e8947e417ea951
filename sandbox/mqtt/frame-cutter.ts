/** Cuts a stream of bytes into whole MQTT frames (fixed header, section 2.2 / 5.0 section 2.1). */
import { violation, type RuleId, type Violation } from './rules/index.ts';
import { varintLength, varintValue } from './varint.ts';

export interface FrameLimits {
  /** Bytes of a whole frame, fixed header included. */
  maxPacketBytes: number;
  /** The same for CONNECT, which anyone may send. */
  maxConnectBytes: number;
}

/** The frames that a chunk completes; `violation` is set if the stream is not MQTT. */
export interface Cut {
  frames: readonly Uint8Array[];
  violation: Violation | null;
  /** Where in the chunk to go on; its length if nothing is left. */
  next: number;
}

/** The largest value of MQTT's four length bytes (3.1.1 section 2.2.3). */
const UNLIMITED: FrameLimits = { maxPacketBytes: 268_435_460, maxConnectBytes: 268_435_460 };
const HEADER_BYTES = 5;
/** First allocation for a frame that comes in pieces; it doubles as bytes really arrive. */
const FIRST_BUFFER = 1024;

/**
 * A frame that lies inside one chunk is a view of the chunk; only frames that span chunks are
 * copied, once. Sizes are checked as soon as the fixed header is there, before anything of the
 * frame is kept. After a violation no frame is returned.
 */
export class FrameCutter {
  readonly #limits: FrameLimits;
  /** Set once, for good, when the stream stops being MQTT. */
  violation: Violation | null = null;

  /** Bytes of the frame that is not whole yet; the first `held` are filled. */
  #buffer: Uint8Array | null = null;
  #held = 0;
  /** Whole length of that frame, 0 while its header is not whole. */
  #size = 0;

  constructor(limits: FrameLimits = UNLIMITED) {
    this.#limits = limits;
  }

  /** Bytes of memory for a frame that is not whole yet. */
  get waiting(): number {
    return this.#buffer?.length ?? 0;
  }

  /**
   * The frames that are whole with this chunk, in order: all, or the first `most` from byte `from`
   * on. What is not cut yet costs no memory beside the chunk.
   */
  push(chunk: Uint8Array, from = 0, most = Infinity): Cut {
    const frames: Uint8Array[] = [];
    const more = this.violation === null && from < chunk.length;
    const next = more ? this.#cut(chunk, from, most, frames) : chunk.length;
    return { frames, violation: this.violation, next };
  }

  #cut(chunk: Uint8Array, from: number, most: number, frames: Uint8Array[]): number {
    let at = this.#held > 0 ? this.#resume(chunk, from, frames) : from;
    while (at < chunk.length && this.violation === null && frames.length < most) {
      const size = this.#measure(chunk, at, chunk.length);
      if (size === 0 || at + size > chunk.length) {
        this.#keep(chunk, at, size);
        return chunk.length;
      }
      frames.push(size === chunk.length ? chunk : chunk.subarray(at, at + size));
      at += size;
    }
    return this.violation === null ? at : chunk.length;
  }

  /** Continues the incomplete frame; returns where in the chunk the next frame starts. */
  #resume(chunk: Uint8Array, from: number, frames: Uint8Array[]): number {
    let at = from;
    while (this.#size === 0) {
      if (at === chunk.length) return at;
      this.#append(chunk, at, at + 1);
      at++;
      this.#size = this.#measure(this.#buffer as Uint8Array, 0, this.#held);
      if (this.violation !== null) return chunk.length;
    }
    const end = Math.min(chunk.length, at + this.#size - this.#held);
    this.#append(chunk, at, end);
    if (this.#held === this.#size) {
      frames.push((this.#buffer as Uint8Array).subarray(0, this.#size));
      this.#buffer = null;
      this.#held = 0;
      this.#size = 0;
    }
    return end;
  }

  #keep(chunk: Uint8Array, at: number, size: number): void {
    if (this.violation !== null) return;
    this.#size = size;
    this.#held = 0;
    this.#append(chunk, at, chunk.length);
  }

  #append(chunk: Uint8Array, from: number, to: number): void {
    const needed = this.#held + to - from;
    this.#buffer = grown(this.#buffer, this.#held, needed, this.#size);
    this.#buffer.set(chunk.subarray(from, to), this.#held);
    this.#held = needed;
  }

  /** Length of the frame at `at`, or 0 while its header is not whole or is refused. */
  #measure(bytes: Uint8Array, at: number, end: number): number {
    const type = (bytes[at] as number) >> 4;
    if (type === 0) return this.#refuse('reserved-type');
    const length = varintLength(bytes, at + 1, end);
    // 3.1.1 section 2.2.3, 5.0 section 1.5.5: at most four bytes
    if (length < 0) return this.#refuse('remaining-length');
    return length && this.#judge(type, 1 + length + varintValue(bytes, at + 1, length));
  }

  #judge(type: number, size: number): number {
    const { maxConnectBytes, maxPacketBytes } = this.#limits;
    const max = type === 1 ? maxConnectBytes : maxPacketBytes;
    return size > max ? this.#refuse('packet-too-large') : size;
  }

  #refuse(rule: RuleId): 0 {
    this.violation = violation(rule, 4);
    return 0;
  }
}

/** A buffer with room for `needed`: as it is, or doubled, so that no byte is copied often. */
function grown(buffer: Uint8Array | null, held: number, needed: number, size: number): Uint8Array {
  if (buffer !== null && buffer.length >= needed) return buffer;
  const wanted = Math.max(needed, (buffer?.length ?? FIRST_BUFFER / 2) * 2);
  const larger = new Uint8Array(size > 0 ? Math.min(size, wanted) : HEADER_BYTES);
  if (buffer !== null) larger.set(buffer.subarray(0, held));
  return larger;
}
