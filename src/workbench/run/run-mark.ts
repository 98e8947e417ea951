import type { TextStore } from '../store/drafts.ts';

/**
 * A mark in the tab's own store while a run goes on. A tab that dies leaves it behind: what the browser
 * can't prevent is told after the reload.
 */
export class RunMark {
  readonly #store: TextStore;
  readonly #key: string;

  constructor(store: TextStore, exercise: string) {
    this.#store = store;
    this.#key = `retained:running:${exercise}`;
  }

  /** Whether the page that was here before died during a run; told once. */
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
