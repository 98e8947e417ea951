/** Changes of one thing, one after another: each begins with what the former ones have made of it. */
export class InOrder {
  readonly #last = new WeakMap<object, Promise<unknown>>();

  /** Begins at once if nothing else changes the thing. A change that fails stops no other. */
  run<T>(thing: object, change: () => Promise<T>): Promise<T> {
    const former = this.#last.get(thing);
    const next = former ? former.then(change, change) : change();
    this.#last.set(thing, next);
    const end = (): void => {
      if (this.#last.get(thing) === next) this.#last.delete(thing);
    };
    next.then(end, end);
    return next;
  }
}
