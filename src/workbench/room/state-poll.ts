import type { BrokerState } from '../../../sandbox/protocol/state.ts';
import { RoomError } from './room.ts';

/** Milliseconds between two requests. */
export const pollMs = 250;

export interface PolledRoom {
  /** Undefined until the room is made: there is nothing to ask before. */
  readonly answer: unknown;
  /** Rejects with a RoomError. */
  state(): Promise<BrokerState>;
}
export interface StateListener {
  onState(state: BrokerState): void;
  /** The broker of this room does not tell its state. It is not asked again before `restart`. */
  onUnavailable(): void;
}

/**
 * Polls the broker's state: after changes, only while a panel is shown, and at a bounded rate. A
 * request that fails is no news: what is on the screen stays, and the next change asks again.
 */
export class StatePoll {
  readonly #room: PolledRoom;
  readonly #listener: StateListener;
  #shown = false;
  #due = false;
  #asking = false;
  #isUnavailable = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = -Infinity;

  constructor(room: PolledRoom, listener: StateListener) {
    this.#room = room;
    this.#listener = listener;
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
    if (this.#isUnavailable || !this.#room.answer) return;
    const wait = Math.max(0, this.#asked + pollMs - performance.now());
    this.#timer = setTimeout(() => void this.#request(), wait);
  }
  /** The broker is another one, which may tell its state. */
  restart(): void {
    this.#isUnavailable = false;
    this.changed();
  }

  async #request(): Promise<void> {
    this.#timer = undefined;
    this.#due = false;
    this.#asking = true;
    this.#asked = performance.now();
    let state: BrokerState | undefined;
    let isUnavailable = false;
    try {
      state = await this.#room.state();
    } catch (error) {
      isUnavailable = error instanceof RoomError && error.key === 'no-broker-state';
    }
    this.#asking = false;
    if (!this.#shown) {
      this.#due = true;
      return;
    }
    if (state) this.#listener.onState(state);
    if (isUnavailable) {
      this.#isUnavailable = true;
      this.#listener.onUnavailable();
    }
    if (this.#due) this.changed();
  }
}
