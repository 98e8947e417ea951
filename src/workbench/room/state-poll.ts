import type { BrokerState } from '../../../sandbox/protocol/state.ts';

/** Milliseconds between two requests. */
export const pollMs = 250;

/** Polls the broker's state: after changes, only while a panel is shown, and at a bounded rate. */
export class StatePoll {
  readonly #ask: () => Promise<BrokerState>;
  readonly #onState: (state: BrokerState | undefined) => void;
  #shown = false;
  #due = false;
  #asking = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = -Infinity;

  /** `onState` gets undefined if the room did not respond. */
  constructor(ask: () => Promise<BrokerState>, onState: (state: BrokerState | undefined) => void) {
    this.#ask = ask;
    this.#onState = onState;
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
    this.#timer = setTimeout(() => void this.#request(), wait);
  }

  async #request(): Promise<void> {
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
    this.#onState(state);
    if (this.#due) this.changed();
  }
}
