import type { FaultEntry, PacketEntry } from '../../../sandbox/protocol/trace.ts';

interface Waiting {
  entry: PacketEntry;
  /** Milliseconds of the room's clock. Infinity until the delay is known, or while it is frozen. */
  due: number;
}

/** A timer may fire so much early (sandbox/line/delay-queue.ts): nothing responds before it. */
const earlyMs = 1.5;

/**
 * When packets of clients arrive at the broker. A packet's entry is written when it is sent: a fault may
 * drop it, and one that is delayed or frozen holds back those behind it.
 */
export class Arrivals {
  readonly #waiting = new Map<number, Waiting[]>();

  /** Returns what arrives with this packet to the broker, in order. */
  add(entry: PacketEntry): PacketEntry[] {
    const { line, fate, at } = entry;
    if (fate === 'dropped' || fate === 'refused') return [];
    const queue = this.#waiting.get(line);
    if (fate === 'held' || fate === 'delayed') {
      if (queue) queue.push({ entry, due: Infinity });
      else this.#waiting.set(line, [{ entry, due: Infinity }]);
      return [];
    }
    const copies = fate === 'duplicated' ? [entry, entry] : [entry];
    const last = queue?.at(-1);
    if (!queue || !last) return copies;
    if (last.entry.fate !== 'held') {
      queue.push(...copies.map((copy) => ({ entry: copy, due: Math.max(at, last.due) })));
      return [];
    }
    return [...this.thawed(line), ...copies];
  }
  /** A delay is known from the entry behind the packet that it struck. */
  fault({ line, action, packet, ms = 0 }: FaultEntry): void {
    if (action !== 'delay') return;
    const queue = this.#waiting.get(line) ?? [];
    const at = queue.findLastIndex(({ entry }) => entry.n === packet);
    if (at < 0) return;
    const before = queue[at - 1]?.due ?? 0;
    queue[at]!.due = Math.max(queue[at]!.entry.at + ms - earlyMs, before);
  }
  /** Something passes on a line that was frozen: what it held has arrived. */
  thawed(line: number): PacketEntry[] {
    const queue = this.#waiting.get(line);
    if (queue?.[0]?.entry.fate !== 'held') return [];
    this.#waiting.delete(line);
    return queue.map(({ entry }) => entry);
  }
  /** What was still on its way is lost with its line. */
  closed(line: number): void {
    this.#waiting.delete(line);
  }
  /** What has arrived by `at`, in the order of arrival. */
  until(at: number): PacketEntry[] {
    if (this.#waiting.size === 0) return [];
    const arrived: Waiting[] = [];
    for (const [line, queue] of this.#waiting) {
      while (queue[0] && queue[0].due <= at) arrived.push(queue.shift()!);
      if (queue.length === 0) this.#waiting.delete(line);
    }
    return arrived.sort((a, b) => a.due - b.due).map(({ entry }) => entry);
  }
}
