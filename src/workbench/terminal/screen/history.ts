/** The lines that were typed before, shared by all terminals of an exercise. */
import type { TextStore } from '../../store/drafts.ts';

const most = 200;
const key = 'history';

export class History {
  readonly #store: TextStore;
  #lines: string[];

  constructor(store: TextStore) {
    this.#store = store;
    this.#lines = read(store);
  }
  get lines(): readonly string[] {
    return this.#lines;
  }
  /** Nothing twice in a row, and nothing that begins with a blank, as shells do it. */
  add(line: string): void {
    if (line.trim() === '' || line.startsWith(' ') || line === this.#lines.at(-1)) return;
    this.#lines = [...this.#lines, line].slice(-most);
    this.#store.setItem(key, JSON.stringify(this.#lines));
  }
}

function read(store: TextStore): string[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string').slice(-most) : [];
  } catch {
    return [];
  }
}
