/** What the learner wrote, kept by the browser: one entry for each exercise and file. */
export interface TextStore extends Pick<Storage, 'getItem' | 'removeItem'> {
  /** False if it lasts no longer than the page: the browser's store is full, or there is none. */
  setItem(key: string, value: string): boolean | void;
}

/** Longer texts are not kept: the store of a site is 5 MB, and no program here is near this. */
const longest = 200_000;

/**
 * `unkept`: it lasts no longer than the page. `newer`: another tab has written since; nothing was saved
 * then, and `newer()` has its text.
 */
export type Saved = 'kept' | 'unkept' | 'newer';

export class Drafts {
  readonly #store: TextStore;
  readonly #prefix: string;
  /** What the store held when this tab last looked; null: nothing. */
  readonly #seen = new Map<string, string | null>();

  readonly #former: string | undefined;

  /** @param former where the exercise was before it moved: what was written there comes along */
  constructor(store: TextStore, exercise: string, former?: string) {
    this.#store = store;
    this.#prefix = `retained:draft:${exercise}:`;
    if (former !== undefined) this.#former = `retained:draft:${former}:`;
  }

  /** The draft of `file`, or undefined if the learner has changed nothing. */
  load(file: string): string | undefined {
    if (this.#former !== undefined) this.#bring(this.#former + file, this.#prefix + file);
    const text = this.#store.getItem(this.#prefix + file);
    this.#seen.set(file, text);
    return text ?? undefined;
  }

  #bring(from: string, to: string): void {
    const text = this.#store.getItem(from);
    if (text === null) return;
    const isThere = this.#store.getItem(to) !== null;
    if (isThere || this.#store.setItem(to, text) !== false) this.#store.removeItem(from);
  }

  /** A draft equal to its starter is none: a later, better starter then reaches this learner. */
  save(file: string, text: string, starter: string): Saved {
    const stored = this.#store.getItem(this.#prefix + file);
    if (this.#isNewer(file, stored)) {
      if ((stored ?? starter) !== text) return 'newer';
      this.#seen.set(file, stored);
    }
    return this.overwrite(file, text, starter);
  }
  /** As `save`, whatever another tab has written: the learner has asked for this text. */
  overwrite(file: string, text: string, starter: string): Saved {
    const key = this.#prefix + file;
    let isKept = true;
    if (text === starter) this.#store.removeItem(key);
    else isKept = text.length <= longest && this.#store.setItem(key, text) !== false;
    this.#seen.set(file, this.#store.getItem(key));
    return isKept ? 'kept' : 'unkept';
  }

  /** What another tab has written since this one last looked; null: it restored the starter. */
  newer(file: string): string | null | undefined {
    const stored = this.#store.getItem(this.#prefix + file);
    const isNewer = this.#isNewer(file, stored);
    this.#seen.set(file, stored);
    return isNewer ? stored : undefined;
  }

  #isNewer(file: string, stored: string | null): boolean {
    return this.#seen.has(file) && this.#seen.get(file) !== stored;
  }
}

/** A store that lasts as long as the page. */
export function memoryStore(): TextStore {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => (kept.set(key, value), false),
    removeItem: (key) => void kept.delete(key),
  };
}

/**
 * The browser's store, or one that lasts as long as the page if the browser has none: private
 * windows, a full disk and blocked cookies throw at the first access or at any write.
 */
export function guardedStore(open: () => TextStore): TextStore {
  const kept = memoryStore();
  let real: TextStore | undefined;
  try {
    real = open();
  } catch {
    real = undefined;
  }
  const attempt = <T>(action: (store: TextStore) => T): T | undefined => {
    try {
      return real && action(real);
    } catch {
      return undefined;
    }
  };
  return {
    getItem: (key) => kept.getItem(key) ?? attempt((store) => store.getItem(key)) ?? null,
    setItem: (key, value) => {
      const isKept = attempt((store) => (store.setItem(key, value), true)) ?? false;
      // What is kept is read from there: another tab may have written since.
      if (isKept) kept.removeItem(key);
      else kept.setItem(key, value);
      return isKept;
    },
    removeItem: (key) => {
      kept.removeItem(key);
      attempt((store) => store.removeItem(key));
    },
  };
}
