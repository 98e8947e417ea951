/** A token bucket: allows a burst, then a steady rate. */
export class TokenBucket {
  readonly #perSecond: number;
  readonly #burst: number;
  #tokens: number;
  #at = performance.now();

  constructor(perSecond: number, burst: number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#tokens = burst;
  }

  /**
   * Takes `count` tokens, into debt if necessary. Returns the milliseconds until the debt is paid;
   * 0: no debt.
   */
  take(count: number): number {
    const now = performance.now();
    const earned = ((now - this.#at) / 1000) * this.#perSecond;
    this.#tokens = Math.min(this.#burst, this.#tokens + earned) - count;
    this.#at = now;
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#perSecond) * 1000;
  }

  /** Tokens that can be taken now; negative in debt. */
  get tokens(): number {
    this.take(0);
    return this.#tokens;
  }

  get full(): boolean {
    return this.tokens >= this.#burst;
  }

  /** Takes `count` tokens and returns true if there are so many; otherwise takes none and returns false. */
  tryTake(count = 1): boolean {
    if (this.take(count) === 0) return true;
    this.#tokens += count;
    return false;
  }
}
