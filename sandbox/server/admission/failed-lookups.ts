/**
 * How often one network address may be told that there is no such room. A class may sit behind one
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

  /** Addresses that are remembered. */
  get size(): number {
    return this.#counts.size;
  }

  /** Whether the next wrong one would get no answer. */
  silent(remote: string, now = performance.now()): boolean {
    const seen = this.#counts.get(remote);
    return seen !== undefined && seen.until > now && seen.count >= this.#most;
  }

  /** Counts one more; false where the answer from now on is silence. */
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
