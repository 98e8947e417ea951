/**
 * Counts how often a network address asked for a room that does not exist. A class may be behind one
 * address, and after a restart every page of it asks for a room that is gone.
 */
export class FailedLookups {
  readonly #most: number;
  readonly #windowMs: number;
  readonly #counts = new Map<string, { count: number; until: number }>();

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** The most network addresses that are remembered. */
  get size(): number {
    return this.#counts.size;
  }

  /** Whether the next wrong address gets no response. */
  silent(remote: string, now = performance.now()): boolean {
    const seen = this.#counts.get(remote);
    return seen !== undefined && seen.until > now && seen.count >= this.#most;
  }

  /** Counts one more; false if it must get no response. */
  answer(remote: string, now = performance.now()): boolean {
    const seen = this.#counts.get(remote);
    if (!seen || seen.until <= now) {
      this.#forget(now);
      this.#counts.set(remote, { count: 1, until: now + this.#windowMs });
      return true;
    }
    return ++seen.count <= this.#most;
  }

  #forget(now: number): void {
    if (this.#counts.size < 10_000) return;
    for (const [remote, { until }] of this.#counts) if (until <= now) this.#counts.delete(remote);
    if (this.#counts.size >= 10_000) this.#counts.clear();
  }
}
