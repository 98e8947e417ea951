import type { TextStore } from './drafts.ts';

const key = 'retained:tab';
/** How long another page may take to say that it is open. */
const ANSWER_MS = 300;

interface Said {
  type: 'ask' | 'here';
  id: string;
}

/**
 * This tab among the others. “Duplicate tab” copies a tab's own store, and with it the room and the
 * mark of a run, which belong to the first one.
 */
export class Tab {
  readonly isCopy: Promise<boolean>;
  readonly #id = `${Date.now()}-${Math.random()}`;
  #channel: BroadcastChannel | undefined;

  constructor(store: TextStore) {
    this.open();
    const before = store.getItem(key);
    store.setItem(key, this.#id);
    this.isCopy = before === null ? Promise.resolve(false) : this.#isOpen(before);
  }

  /** Answers the others, until `close`. */
  open(): void {
    this.#channel ??= this.#listen();
  }
  /** A page with an open channel is not kept for the way back. */
  close(): void {
    this.#channel?.close();
    this.#channel = undefined;
  }

  #listen(): BroadcastChannel {
    const channel = new BroadcastChannel('retained:tabs');
    channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
      if (data.type === 'ask' && data.id === this.#id)
        channel.postMessage({ ...data, type: 'here' });
    });
    return channel;
  }
  /** Whether another page with this id is open. */
  #isOpen(id: string): Promise<boolean> {
    const channel = this.#listen();
    return new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), ANSWER_MS);
      channel.addEventListener('message', ({ data }: MessageEvent<Said>) => {
        if (data.type !== 'here' || data.id !== id) return;
        clearTimeout(timer);
        resolve(true);
      });
      channel.postMessage({ type: 'ask', id } satisfies Said);
    }).finally(() => channel.close());
  }
}
