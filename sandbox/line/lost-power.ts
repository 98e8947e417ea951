/**
 * The other end of a line whose broker's machine has lost its power: no end reaches the client, and what
 * it sends reaches nobody, until the machine runs again and TCP resets a connection that it doesn't know.
 */
import type { Tap } from './tap.ts';

export class LostPower {
  readonly #tap: Tap;
  readonly #reset: () => void;
  #spoke = false;
  #isBack = false;

  /** @param reset the client is told by its TCP */
  constructor(tap: Tap, reset: () => void) {
    this.#tap = tap;
    this.#reset = reset;
  }

  /** TCP sends it again and again, until a machine answers. */
  frame(frame: Uint8Array): void {
    this.#tap.packet('to-broker', frame, 'dropped');
    this.#spoke = true;
    if (this.#isBack) this.#reset();
  }

  /** The machine runs again, and knows nothing of this line. */
  back(): void {
    this.#isBack = true;
    if (this.#spoke) this.#reset();
  }
}
