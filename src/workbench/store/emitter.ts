/** An event source with typed events: `run/`, `room/` and the model emit them to subscribers. */
export class Emitter<Event = void> {
  readonly #listeners = new Set<(event: Event) => void>();

  /** Returns how to unsubscribe. */
  subscribe(listener: (event: Event) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
  /** Calls every listener before it returns, in the order of their subscriptions. */
  emit(event: Event): void {
    for (const listener of this.#listeners) listener(event);
  }
}
