import type { TextStore } from '../store/drafts.ts';

/**
 * A mark in the tab's own store while a run goes on. A tab that dies leaves it behind: what the browser
 * cannot prevent is reported after the reload.
 */
export class RunMark {
  readonly #store: TextStore;
  readonly #key: string;

  constructor(store: TextStore, exercise: string) {
    this.#store = store;
    this.#key = `retained:running:${exercise}`;
  }

  /** Whether the page crashed during a run before this load; true once. */
  takeLeftBehind(): boolean {
    const isLeft = this.#store.getItem(this.#key) !== null;
    this.#store.removeItem(this.#key);
    return isLeft;
  }
  set(isRunning: boolean): void {
    if (isRunning) this.#store.setItem(this.#key, 'yes');
    else this.#store.removeItem(this.#key);
  }
}
