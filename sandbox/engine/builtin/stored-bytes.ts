/**
 * The bytes of all messages that the sessions of a broker keep, queued or in flight. A message that
 * several sessions keep exists once, and so it counts once.
 */
import { sizeOf, type Message } from './message.ts';

export class StoredBytes {
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** One more session keeps it. Returns false, and nothing is kept, if there is no room for it. */
  retain(message: Message): boolean {
    const holders = message.holders ?? 0;
    if (holders === 0) {
      const size = sizeOf(message);
      if (this.#bytes + size > this.#most) return false;
      this.#bytes += size;
    }
    message.holders = holders + 1;
    return true;
  }

  /** One session less keeps it. */
  release(message: Message): void {
    message.holders! -= 1;
    if (message.holders === 0) this.#bytes -= sizeOf(message);
  }
}
