/** Connections without a CONNECT, with a limit for each network address. */
export class PendingConnects {
  readonly #most: number;
  /** For each network address, functions that close its connections, oldest first. */
  readonly #waiting = new Map<string, Set<() => void>>();

  readonly #onClosed: (remote: string) => void;

  /** @param onClosed receives the network address whose connection was closed */
  constructor(most: number, onClosed: (remote: string) => void = () => {}) {
    this.#most = most;
    this.#onClosed = onClosed;
  }

  /**
   * Counts a connection until the returned function is called. If its address has too many, the
   * oldest is closed: a real client sends its CONNECT at once.
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
