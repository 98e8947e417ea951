/**
 * The ordered record of a room: a ring of stated size, in entries and in bytes. It is kept as the
 * bytes that viewers are sent (`trace-batch.ts`): an entry becomes an object only when it is read,
 * so a busy room makes little garbage.
 */
import {
  decodeBatch,
  PACKET_HEADER,
  putPacket,
  recordOf,
  type ByteRange,
} from '../protocol/trace-batch.ts';
import type { NewEntry, TraceEntry } from '../protocol/trace.ts';
import { TracePool } from './trace-pool.ts';

/** Records in a row. Written bytes never change. */
interface Chunk extends ByteRange {
  /** Number of the first entry. */
  readonly first: number;
  /** Bytes that are written. */
  end: number;
}

/** A room that does little keeps little: chunks grow with what is written. */
const FIRST_CHUNK = 1024;
const LAST_CHUNK = 16_384;
/** The beginning of a run is kept for its checks: the connections and subscriptions. */
const BEGINNING = { entries: 500, bytes: 65_536 };

export class Trace {
  /** The chunks that are kept, oldest first. */
  #chunks: Chunk[] = [];
  /** The offset of the oldest entry in the oldest chunk. */
  #head = 0;
  #first = 1;
  #last = 0;
  #bytes = 0;
  /** Bytes of all chunks, whatever of them is written: they are what the memory has. */
  #held = 0;
  #start = performance.now();
  /** The newest entries as objects, up to `#decodedTo`: made on demand. */
  #decoded: TraceEntry[] = [];
  #decodedTo = 0;
  /** The first entries of the run, once the ring has dropped them. */
  #beginning: TraceEntry[] = [];
  #beginningBytes = 0;
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #pool: TracePool;

  /** @param pool of the traces that share memory with it */
  constructor(size: { entries: number; bytes: number }, pool = new TracePool()) {
    this.#maxEntries = size.entries;
    this.#maxBytes = size.bytes;
    this.#pool = pool;
    pool.join(this);
  }

  /** The time of an entry that is written now. */
  get now(): number {
    return performance.now() - this.#start;
  }

  /** Number of the newest entry; 0 before the first. */
  get last(): number {
    return this.#last;
  }

  /** Number of the oldest entry that is still here. */
  get first(): number {
    return this.#first;
  }

  /** Returns the entry's number. */
  append(entry: NewEntry): number {
    const numbered = entry as TraceEntry;
    numbered.n = this.#last + 1;
    numbered.at = this.now;
    this.#pool.tally.count(entry);
    if (numbered.type === 'packet') {
      const size = PACKET_HEADER + numbered.bytes.length;
      const chunk = this.#room(size);
      putPacket(chunk, chunk.end, numbered);
      this.#wrote(chunk, size);
    } else {
      const record = recordOf(numbered);
      const chunk = this.#room(record.length);
      chunk.bytes.set(record, chunk.end);
      this.#wrote(chunk, record.length);
    }
    return this.#last;
  }

  #room(size: number): Chunk {
    const newest = this.#chunks.at(-1);
    if (newest && newest.end + size <= newest.bytes.length) return newest;
    const wanted = newest ? Math.min(newest.bytes.length * 2, LAST_CHUNK) : FIRST_CHUNK;
    if (newest) this.#fit(newest);
    const bytes = new Uint8Array(Math.max(wanted, size));
    const chunk = { bytes, view: new DataView(bytes.buffer), first: this.#last + 1, end: 0 };
    this.#chunks.push(chunk);
    this.#hold(bytes.length);
    return chunk;
  }

  /** Nothing more is written into the chunk: between large packets most of it may be empty. */
  #fit({ bytes, end, first }: Chunk): void {
    if (end * 2 > bytes.length) return;
    const written = bytes.slice(0, end);
    this.#chunks[this.#chunks.length - 1] = { bytes: written, view: new DataView(written.buffer), first, end }; // prettier-ignore
    this.#hold(end - bytes.length);
  }

  /** @param bytes more, or fewer if negative */
  #hold(bytes: number): void {
    this.#held += bytes;
    this.#pool.count(bytes);
  }

  #wrote(chunk: Chunk, size: number): void {
    chunk.end += size;
    this.#last++;
    this.#bytes += size;
    while (
      this.#last - this.#first >= this.#maxEntries ||
      (this.#bytes > this.#maxBytes && this.#first < this.#last)
    )
      this.#dropOldest();
    this.#pool.trim();
  }

  /** Bytes of memory of all but the newest entries, and the beginning. */
  get spare(): number {
    return this.#held + this.#beginningBytes - (this.#chunks.at(-1)?.bytes.length ?? 0);
  }

  /** Drops the oldest entries until so many bytes are free, the beginning of the run last. */
  drop(bytes: number): void {
    const most = this.#held + this.#beginningBytes - bytes;
    const isTooMuch = (): boolean => this.#held + this.#beginningBytes > most;
    while (isTooMuch() && this.#chunks.length > 1) this.#dropOldest();
    if (isTooMuch()) this.#forgetBeginning();
  }

  #forgetBeginning(): void {
    this.#pool.count(-this.#beginningBytes);
    this.#beginning = [];
    this.#beginningBytes = 0;
  }

  #dropOldest(): void {
    const oldest = this.#chunks[0]!;
    const size = 4 + oldest.view.getUint32(this.#head);
    if (this.#first <= BEGINNING.entries) this.#remember(oldest, size);
    this.#head += size;
    this.#bytes -= size;
    this.#first++;
    if (this.#head < oldest.end) return;
    this.#chunks.shift();
    this.#hold(-oldest.bytes.length);
    this.#head = 0;
    this.#forgetGone();
  }

  /** Objects of entries that are gone: their bytes are views of the chunks. */
  #forgetGone(): void {
    const keep = this.#decodedTo - this.#first + 1;
    if (keep < this.#decoded.length) this.#decoded = keep > 0 ? this.#decoded.slice(-keep) : [];
  }

  #remember({ bytes }: Chunk, size: number): void {
    if (this.#beginningBytes + size > BEGINNING.bytes) return;
    this.#beginningBytes += size;
    this.#pool.count(size);
    // A copy: else it would keep the whole chunk.
    this.#beginning.push(...decodeBatch(bytes.slice(this.#head, this.#head + size)));
  }

  /**
   * Entries from number `n` on as a batch, at least one entry if there is one, at most about
   * `LAST_CHUNK` bytes: call again from `next`. The bytes belong to the trace: do not write to
   * them. `missing`: how many from `n` on are gone for good.
   */
  batch(n: number): { batch: Uint8Array; next: number; missing: number } {
    const from = Math.max(n, this.#first);
    const missing = from - n;
    let index = this.#chunks.length - 1;
    while (index > 0 && this.#chunks[index]!.first > from) index--;
    const chunk = this.#chunks[index];
    if (!chunk || from > this.#last) return { batch: new Uint8Array(0), next: from, missing };
    let at = index === 0 ? this.#head : 0;
    for (let i = index === 0 ? this.#first : chunk.first; i < from; i++)
      at += 4 + chunk.view.getUint32(at);
    const next = this.#chunks[index + 1]?.first ?? this.#last + 1;
    return { batch: chunk.bytes.subarray(at, chunk.end), next, missing };
  }

  /** Everything that is still here, as objects; an entry stays the same object. */
  all(): readonly TraceEntry[] {
    this.#forgetGone();
    for (let next = Math.max(this.#decodedTo + 1, this.#first); next <= this.#last;) {
      const part = this.batch(next);
      for (const entry of decodeBatch(part.batch)) this.#decoded.push(entry);
      next = part.next;
    }
    this.#decodedTo = this.#last;
    return this.#decoded;
  }

  /** The entries for checks: the same, and the beginning of the run, however long ago. */
  remembered(): readonly TraceEntry[] {
    const all = this.all();
    return this.#beginning.length > 0 ? [...this.#beginning, ...all] : all;
  }

  /** Its entries and the beginning, in the format for viewers. */
  get bytes(): number {
    return this.#bytes + this.#beginningBytes;
  }

  /** No caller needs objects any more: only the bytes are kept. */
  forgetObjects(): void {
    this.#decoded = [];
    this.#decodedTo = 0;
  }

  /** Its room is gone. */
  close(): void {
    this.reset();
    this.#pool.leave(this);
  }

  reset(): void {
    this.#forgetBeginning();
    this.#hold(-this.#held);
    this.#chunks = [];
    this.forgetObjects();
    this.#head = this.#last = this.#bytes = 0;
    this.#first = 1;
    this.#start = performance.now();
  }
}
