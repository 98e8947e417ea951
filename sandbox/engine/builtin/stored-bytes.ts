/**
 * What all sessions of a room keep of messages, queued or in flight, in bytes. A message that many of
 * them keep is there once, and so it counts once.
 */
import { sizeOf, type Message } from './message.ts';

export class StoredBytes {
  readonly #most: number;
  #bytes = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** For one more session. False, and nothing is kept: there is no room for it. */
  hold(message: Message): boolean {
    const holders = message.holders ?? 0;
    if (holders === 0) {
      const size = sizeOf(message);
      if (this.#bytes + size > this.#most) return false;
      this.#bytes += size;
    }
    message.holders = holders + 1;
    return true;
  }

  /** A session that kept it does so no longer. */
  release(message: Message): void {
    message.holders! -= 1;
    if (message.holders === 0) this.#bytes -= sizeOf(message);
  }
}
