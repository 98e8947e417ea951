import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';

/** A line of this page: when how many of its bytes had arrived. */
interface Delivered {
  device: string;
  total: number;
  /** `end`: bytes of the line up to here; `now`: the page's clock. Those without an entry yet. */
  chunks: { end: number; now: number }[];
}
/** The same line in the trace. */
interface TracedLine {
  device: string;
  /** Bytes to the client so far. */
  sent: number;
  /** Its place among the lines of its device that were sent something. */
  place?: number;
}

/** Bound for a line without entries, in a room that can't be watched. */
const mostChunks = 1_000;
/** The page's clock has 13 digits before its point: the rest has this precision, in ms. */
const rounding = 0.01;

/**
 * The latest time at which the room's clock can have started. Trace entries come in batches, some
 * milliseconds old; but the packets themselves came through this page on their way to a program,
 * which can have printed nothing about one before. The n-th line of a device here is the n-th in the
 * trace, or a later one: then the result is true as well, only less sharp.
 */
export class RoomClock {
  /** By the page's number of a line. */
  readonly #open = new Map<number, Delivered>();
  /** By device: its lines that received something, in that order. */
  readonly #delivered = new Map<string, Delivered[]>();
  /** By the trace's number of a line. */
  readonly #traced = new Map<number, TracedLine>();
  readonly #places = new Map<string, number>();
  #isComplete = true;

  /** A run begins. Bytes of lines that were opened before are ignored. */
  clear(): void {
    for (const each of [this.#open, this.#delivered, this.#traced, this.#places]) each.clear();
    this.#isComplete = true;
  }
  /** Lines may be among the missing entries, so that later ones cannot be distinguished. */
  missing(): void {
    this.#isComplete = false;
  }

  /** A line of a device opens; `line` is the page's number for it. */
  open(line: number, device: string): void {
    this.#open.set(line, { device, total: 0, chunks: [] });
  }
  /** Bytes arrived on it, now. */
  deliver(line: number, bytes: number): void {
    const delivered = this.#open.get(line);
    if (!delivered) return;
    const { device, chunks } = delivered;
    if (delivered.total === 0) {
      this.#delivered.set(device, [...(this.#delivered.get(device) ?? []), delivered]);
    }
    delivered.total += bytes;
    if (chunks.length < mostChunks) chunks.push({ end: delivered.total, now: Date.now() });
  }

  /** In milliseconds of the page's clock; undefined if the entries show nothing about it. */
  latestStart(entries: readonly TraceEntry[]): number | undefined {
    let latest: number | undefined;
    for (const entry of entries) {
      if (entry.type === 'line-opened' && entry.role === 'device' && entry.name !== undefined) {
        this.#traced.set(entry.line, { device: entry.name, sent: 0 });
      }
      if (entry.type !== 'packet' || entry.direction !== 'to-client' || !this.#isComplete) continue;
      const line = this.#traced.get(entry.line);
      if (!line || entry.fate === 'dropped') continue;
      // Held, delayed or duplicated: bytes and entries are no longer in the same order.
      if (entry.fate !== 'passed') this.#traced.delete(entry.line);
      else {
        const now = this.#arrivalOf(line, entry.bytes.length);
        if (now !== undefined) latest = Math.min(latest ?? Infinity, now - entry.at - rounding);
      }
    }
    return latest;
  }

  /** When the next bytes of a line had all arrived. Undefined: not yet, or not at this page. */
  #arrivalOf(line: TracedLine, bytes: number): number | undefined {
    line.place ??= this.#places.get(line.device) ?? 0;
    if (line.sent === 0) this.#places.set(line.device, line.place + 1);
    line.sent += bytes;
    const chunks = this.#delivered.get(line.device)?.[line.place]?.chunks ?? [];
    while (chunks[0] && chunks[0].end < line.sent) chunks.shift();
    return chunks[0]?.now;
  }
}
