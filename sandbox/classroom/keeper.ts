/**
 * Brings work into the store: a pass at once, everything else once a second. What the store refuses
 * (a full disk) is tried again, and listeners are told meanwhile.
 */
import type { Work } from '../protocol/work.ts';
import type { Store } from '../store/store.ts';
import { log } from '../shared/log.ts';

const everyMs = 1_000;

interface KeeperHost {
  /** These rows are to be shown: passes are stored, the rest will be. */
  stored(rows: readonly Work[]): void;
  kept(isKept: boolean): void;
  /** False for a member that was removed: nothing of theirs is stored any more. */
  knows(member: string): boolean;
}

export class Keeper {
  isKept = true;
  readonly #store: Store;
  readonly #host: KeeperHost;
  /** The last row of each member and exercise that is not stored. */
  readonly #waiting = new Map<string, Work>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> | undefined;
  #closed = false;

  constructor(store: Store, host: KeeperHost) {
    this.#store = store;
    this.#host = host;
  }

  /** @returns with `atOnce`, a promise that resolves when it was tried: `isKept` says whether it worked */
  keep(row: Work, atOnce: boolean): Promise<void> | undefined {
    this.#waiting.set(`${row.member} ${row.exercise}`, row);
    if (atOnce) return this.#flush();
    this.#host.stored([row]);
    this.#timer ??= setTimeout(() => void this.#flush(), everyMs);
    return undefined;
  }

  async #flush(): Promise<void> {
    // One write after another; the writes of one turn are one transaction.
    while (this.#writing) await this.#writing;
    const rows = [...this.#waiting];
    if (rows.length === 0) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#write(rows);
    await this.#writing;
  }

  async #write(rows: [string, Work][]): Promise<void> {
    const writes = rows.map(([, row]) => this.#store.write([{ put: 'work', row }]));
    const results = await Promise.allSettled(writes);
    const done: Work[] = [];
    let isKept = true;
    for (const [n, [key, row]] of rows.entries()) {
      const result = results[n]!;
      const isGone = !this.#host.knows(row.member);
      if (result.status === 'fulfilled' && !isGone) done.push(row);
      else if (result.status === 'rejected' && !isGone) {
        if (this.isKept && isKept) log.error('not-stored', result.reason);
        isKept = false;
        continue;
      }
      if (this.#waiting.get(key) === row) this.#waiting.delete(key);
    }
    this.#setKept(isKept);
    this.#host.stored(done);
    this.#writing = undefined;
    if (this.#waiting.size > 0 && !this.#closed)
      this.#timer ??= setTimeout(() => void this.#flush(), everyMs);
  }

  #setKept(isKept: boolean): void {
    if (this.isKept === isKept) return;
    this.isKept = isKept;
    this.#host.kept(isKept);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#flush();
  }
}
