import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

/** A line of this page: when how many of its bytes were here. */
interface Delivered {
  total: number;
  /** `end`: bytes of the line up to here; `now`: the page's clock. Those still to be told of. */
  chunks: { end: number; now: number }[];
}
/** The same line as the trace tells it. */
interface Told {
  device: string;
  /** Bytes to the client so far. */
  sent: number;
  /** Its place among the lines of its device that were sent something. */
  place?: number;
}

/** A line that nobody tells of, in a room that can't be watched. */
const mostChunks = 1_000;
/** The page's clock has 13 digits before its point: what is left behind it is this exact, in ms. */
const rounding = 0.01;

/**
 * When the room's clock began, at the latest. Trace entries come in batches, some milliseconds old;
 * but the packets themselves came through this page on their way to a program, which can have
 * printed nothing about one before. The n-th line of a device here is the n-th in the trace, or a
 * later one: then what follows is true as well, only less sharp.
 */
export class RoomClock {
  #delivered = new Map<string, Delivered[]>();
  readonly #told = new Map<number, Told>();
  readonly #places = new Map<string, number>();
  #isWhole = true;

  /** A new run: its lines are counted anew. */
  clear(): void {
    this.#delivered = new Map();
    this.#told.clear();
    this.#places.clear();
    this.#isWhole = true;
  }
  /** Lines may have been among what is missing, so that those that follow can't be told apart. */
  missing(): void {
    this.#isWhole = false;
  }

  /** A line of a device begins. Answers with what hears of its bytes, as they come. */
  open(device: string): (bytes: number) => void {
    const delivered = this.#delivered;
    const line: Delivered = { total: 0, chunks: [] };
    return (bytes) => {
      if (line.total === 0) delivered.set(device, [...(delivered.get(device) ?? []), line]);
      line.total += bytes;
      if (line.chunks.length < mostChunks) line.chunks.push({ end: line.total, now: Date.now() });
    };
  }

  /** By the page's clock, in milliseconds; undefined where the entries tell nothing about it. */
  hear(entries: readonly TraceEntry[]): number | undefined {
    let latest: number | undefined;
    for (const entry of entries) {
      if (entry.type === 'line-opened' && entry.role === 'device' && entry.name !== undefined) {
        this.#told.set(entry.line, { device: entry.name, sent: 0 });
      }
      if (entry.type !== 'packet' || entry.direction !== 'to-client' || !this.#isWhole) continue;
      const line = this.#told.get(entry.line);
      if (!line || entry.fate === 'dropped') continue;
      // Held, delayed or twice: bytes and entries are no longer in one order.
      if (entry.fate !== 'passed') this.#told.delete(entry.line);
      else {
        const now = this.#when(line, entry.bytes.length);
        if (now !== undefined) latest = Math.min(latest ?? Infinity, now - entry.at - rounding);
      }
    }
    return latest;
  }

  /** When the next bytes of a line were all here. Undefined: not yet, or they were never this page's. */
  #when(line: Told, bytes: number): number | undefined {
    line.place ??= this.#places.get(line.device) ?? 0;
    if (line.sent === 0) this.#places.set(line.device, line.place + 1);
    line.sent += bytes;
    const chunks = this.#delivered.get(line.device)?.[line.place]?.chunks ?? [];
    while (chunks[0] && chunks[0].end < line.sent) chunks.shift();
    return chunks[0]?.now;
  }
}
