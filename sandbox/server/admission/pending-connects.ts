/** Connections that have not said CONNECT yet: so many for each network address. */
export class PendingConnects {
  readonly #most: number;
  /** For each address what closes its connections, the oldest first. */
  readonly #waiting = new Map<string, Set<() => void>>();

  readonly #onClosed: (remote: string) => void;

  /** @param onClosed is told the address of which one is closed */
  constructor(most: number, onClosed: (remote: string) => void = () => {}) {
    this.#most = most;
    this.#onClosed = onClosed;
  }

  /**
   * Counts a connection until what this answers is called. Where there are too many of its address
   * the oldest is closed: who means to say CONNECT does so at once, who waits holds nobody up.
   */
  enter(remote: string, close: () => void): () => void {
    const waiting = this.#waiting.get(remote) ?? new Set();
    const own = (): void => close();
    this.#waiting.set(remote, waiting.add(own));
    for (const oldest of waiting) {
      if (waiting.size <= this.#most) break;
      waiting.delete(oldest);
      oldest();
      this.#onClosed(remote);
    }
    return () => {
      waiting.delete(own);
      if (waiting.size === 0 && this.#waiting.get(remote) === waiting) this.#waiting.delete(remote);
    };
  }
}
