/** Milliseconds between two texts: a screen reader needs that long to say one. */
const everyMs = 2_500;

/** What happened, for a live region: the newest, and how many things before it went unsaid. */
export class News<Item> {
  #newest: Item | undefined;
  #count = 0;
  #said = -Infinity;

  add(item: Item): void {
    this.#newest = item;
    this.#count += 1;
  }
  /** Undefined if there is nothing to say, or it is too early. */
  take(now: number): { item: Item; more: number } | undefined {
    if (this.#newest === undefined || now < this.#said + everyMs) return undefined;
    const taken = { item: this.#newest, more: this.#count - 1 };
    this.clear();
    this.#said = now;
    return taken;
  }
  clear(): void {
    this.#newest = undefined;
    this.#count = 0;
  }
  /** When `take` has something; undefined while there is nothing. */
  get due(): number | undefined {
    return this.#newest === undefined ? undefined : Math.max(0, this.#said + everyMs);
  }
}
