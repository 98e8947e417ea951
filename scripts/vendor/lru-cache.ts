/**
 * What MQTT.js uses of the package `lru-cache` (30 KB): the topic aliases of one client, the one that was
 * used last in front.
 */
export class LRUCache<Key, Value> {
  readonly #max: number;
  /** In the order of their last use: the oldest first. */
  readonly #entries = new Map<Key, Value>();

  constructor({ max }: { max: number }) {
    this.#max = max;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.set(key, value);
    return value;
  }

  set(key: Key, value: Value): this {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#max) this.#entries.delete(this.#entries.keys().next().value!);
    return this;
  }

  keys(): Key[] {
    return [...this.#entries.keys()].reverse();
  }

  clear(): void {
    this.#entries.clear();
  }
}
