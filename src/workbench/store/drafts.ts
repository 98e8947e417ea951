/** What the learner wrote, kept by the browser: one entry for each exercise and file. */
export interface TextStore extends Pick<Storage, 'getItem' | 'removeItem'> {
  /** False if it lasts no longer than the page: the browser's store is full, or there is none. */
  setItem(key: string, value: string): boolean | void;
}

/** Longer texts are not kept: the store of a site is 5 MB, and no program here is near this. */
const longest = 200_000;

export class Drafts {
  readonly #store: TextStore;
  readonly #prefix: string;

  constructor(store: TextStore, exercise: string) {
    this.#store = store;
    this.#prefix = `retained:draft:${exercise}:`;
  }

  /** The draft of `file`, or undefined if the learner has changed nothing. */
  load(file: string): string | undefined {
    return this.#store.getItem(this.#prefix + file) ?? undefined;
  }

  /** A draft equal to its starter is none: a later, better starter then reaches this learner. */
  save(file: string, text: string, starter: string): void {
    if (text === starter) this.#store.removeItem(this.#prefix + file);
    else if (text.length <= longest) this.#store.setItem(this.#prefix + file, text);
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
      kept.setItem(key, value);
      return attempt((store) => (store.setItem(key, value), true)) ?? false;
    },
    removeItem: (key) => {
      kept.removeItem(key);
      attempt((store) => store.removeItem(key));
    },
  };
}
