import type { BrokerState } from '../../../sandbox/protocol/state.ts';

/** Milliseconds between two questions. */
export const pollMs = 250;

/** Asks for the broker's state when something has changed, while somebody looks, and not too often. */
export class StatePoll {
  readonly #ask: () => Promise<BrokerState>;
  readonly #tell: (state: BrokerState | undefined) => void;
  #shown = false;
  #due = false;
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = -Infinity;

  /** `tell` gets undefined where the room did not answer. */
  constructor(ask: () => Promise<BrokerState>, tell: (state: BrokerState | undefined) => void) {
    this.#ask = ask;
    this.#tell = tell;
  }

  show(): void {
    this.#shown = true;
    this.changed();
  }
  hide(): void {
    this.#shown = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
  /** Something may be different now. */
  changed(): void {
    this.#due = true;
    if (!this.#shown || this.#asking || this.#timer !== undefined) return;
    const wait = Math.max(0, this.#asked + pollMs - performance.now());
    this.#timer = setTimeout(() => void this.#question(), wait);
  }

  async #question(): Promise<void> {
    this.#timer = undefined;
    this.#due = false;
    this.#asking = true;
    this.#asked = performance.now();
    const state = await this.#ask().catch(() => undefined);
    this.#asking = false;
    if (!this.#shown) {
      this.#due = true;
      return;
    }
    this.#tell(state);
    if (this.#due) this.changed();
  }
}
