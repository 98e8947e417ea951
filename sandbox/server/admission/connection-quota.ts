/** Counts connections, for each network address or in total, up to a limit. */
export class ConnectionQuota {
  readonly #most: number;
  readonly #taken = new Map<string, number>();

  constructor(most: number) {
    this.#most = most;
  }

  /**
   * Takes a place before anything is awaited; null if none is left. The result releases the
   * place, once.
   */
  take(who: string): (() => void) | null {
    const taken = this.#taken.get(who) ?? 0;
    if (taken >= this.#most) return null;
    this.#taken.set(who, taken + 1);
    let given = false;
    return () => {
      if (given) return;
      given = true;
      const left = this.#taken.get(who)! - 1;
      if (left > 0) this.#taken.set(who, left);
      else this.#taken.delete(who);
    };
  }
}
