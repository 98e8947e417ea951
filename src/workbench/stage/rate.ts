const bucketMs = 100;
const buckets = 10;

/** How many packets came in the last second; its memory does not grow with them. */
export class Rate {
  readonly #counts = new Array<number>(buckets).fill(0);
  #bucket = 0;

  /** @param now milliseconds of any clock that does not go back */
  add(now: number): void {
    this.#advance(now);
    this.#counts[this.#bucket % buckets]! += 1;
  }
  perSecond(now: number): number {
    this.#advance(now);
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  #advance(now: number): void {
    const bucket = Math.max(this.#bucket, Math.floor(now / bucketMs));
    const passed = Math.min(buckets, bucket - this.#bucket);
    for (let i = 0; i < passed; i += 1) this.#counts[(bucket - i) % buckets] = 0;
    this.#bucket = bucket;
  }
}
