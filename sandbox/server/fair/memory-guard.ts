/**
 * Bounds the bytes that wait in memory, for each connection and each network address, on every
 * listener. Before the process runs out of memory, the connections with the most bytes are closed.
 */
import { totalmem } from 'node:os';
import { getHeapStatistics } from 'node:v8';

export interface Consumer {
  readonly remote: string;
  /** Bytes that wait: received and not processed, or written and not read. */
  bytes(): number;
  /** They are received ones only: they hold up no response to the address. */
  readonly received?: true;
  /** Ends the connection and says why, if it can. */
  evict(): void;
}

/** The used share of the memory that the process may have, 0 to 1. */
export function memoryUse(): number {
  const { used_heap_size, heap_size_limit } = getHeapStatistics();
  const { external, rss } = process.memoryUsage();
  const machine = process.constrainedMemory() || totalmem();
  return Math.max(used_heap_size / heap_size_limit, external / (machine / 2), rss / machine);
}

const checkMs = 250;
/** While an address has more than a quarter of its bound: it may fill the rest in a moment. */
const soonMs = 50;
const sumMs = 20;
/** Above this share connections are closed and rooms are ended. */
const high = 0.8;

export class MemoryGuard {
  readonly #perAddress: number;
  readonly #use: () => number;
  /** Releases other memory: idle rooms. */
  readonly #relieve: () => void;
  readonly #consumers = new Map<string, Set<Consumer>>();
  readonly #sums = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param perAddress bytes that may wait for the connections of one address */
  constructor(perAddress: number, relieve: () => void, use: () => number = memoryUse) {
    this.#perAddress = perAddress;
    this.#relieve = relieve;
    this.#use = use;
    this.#checkIn(checkMs);
  }

  #checkIn(ms: number): void {
    this.#timer = setTimeout(() => this.#checkIn(this.check() ? soonMs : checkMs), ms);
    this.#timer.unref();
  }

  /** Adds a connection; call the result to remove it. */
  add(consumer: Consumer): () => void {
    const { remote } = consumer;
    const own = this.#consumers.get(remote) ?? new Set();
    this.#consumers.set(remote, own.add(consumer));
    return () => {
      own.delete(consumer);
      if (own.size === 0 && this.#consumers.get(remote) === own) this.#consumers.delete(remote);
    };
  }

  /** Bytes that wait to be read by a network address, or processed for it; summed at most once per interval. */
  waitingFor(remote: string): number {
    let bytes = this.#sums.get(remote);
    if (bytes !== undefined) return bytes;
    bytes = 0;
    for (const consumer of this.#consumers.get(remote) ?? [])
      if (!consumer.received) bytes += consumer.bytes();
    if (this.#sums.size === 0) setTimeout(() => this.#sums.clear(), sumMs).unref();
    this.#sums.set(remote, bytes);
    return bytes;
  }

  /** Returns whether an address is on its way to its bound. */
  check(): boolean {
    const all: Sized[] = [];
    let most = 0;
    for (const own of this.#consumers.values()) {
      const sized = [...own].map((consumer) => ({ bytes: consumer.bytes(), consumer }));
      const bytes = sumOf(sized);
      most = Math.max(most, bytes);
      if (bytes > this.#perAddress) evict(sized, bytes - this.#perAddress / 2);
      else all.push(...sized);
    }
    if (this.#use() > high) {
      evict(all, sumOf(all) / 2);
      this.#relieve();
    }
    return most > this.#perAddress / 4;
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}

interface Sized {
  bytes: number;
  consumer: Consumer;
}

const sumOf = (all: readonly Sized[]): number => all.reduce((sum, { bytes }) => sum + bytes, 0);

/** Closes the largest consumers until `bytes` are released. */
function evict(all: Sized[], bytes: number): void {
  let free = 0;
  for (const one of all.sort((a, b) => b.bytes - a.bytes)) {
    if (free >= bytes) return;
    free += one.bytes;
    one.consumer.evict();
  }
}
