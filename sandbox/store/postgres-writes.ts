/** Writes to PostgreSQL. Those that wait while one is under way are one transaction, one commit. */
import type { Hold } from './postgres-hold.ts';
import type { Queries } from './postgres-queries.ts';
import { failed, isAnswer } from './postgres-trouble.ts';
import type { Change } from './store.ts';
import { rowOf, tables, upsert, type Table } from './tables.ts';

/** A text of the course that every process needs: with SQLite it is a file of the data folder. */
export interface Paper {
  paper: string;
  text: string;
}
type Written = Change | Paper;
interface Waiting {
  changes: readonly Written[];
  resolve(): void;
  reject(error: unknown): void;
}

/** Of one transaction; what one more costs is little by then. */
const mostWrites = 200;
/** For a database that is started again. Who waits is told then that it is not stored: it is tried again, or said. */
const patienceMs = 10_000;

const upserts = Object.fromEntries(
  tables.map((table) => [table, upsert(table, (_, at) => `$${at + 1}`)]),
) as Record<Table, string>;

export class Writes {
  readonly #hold: Hold;
  readonly #queries: Queries;
  readonly #waiting: Waiting[] = [];
  /** Of the last transaction that was tried. */
  #batch: number;
  #writing: Promise<void> | undefined;
  /** Called when it is known whether the last transaction was stored. */
  #settled: (() => void) | undefined;

  constructor(hold: Hold, queries: Queries) {
    this.#hold = hold;
    this.#queries = queries;
    this.#batch = hold.lastBatch;
  }

  /** Resolves when it is stored. @throws StoreError `failed` */
  add(changes: readonly Written[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
      // Those of one turn of the event loop together.
      this.#writing ??= new Promise((turn) => setImmediate(turn)).then(() => this.#writeAll());
    });
  }

  /** Resolves when nothing waits. */
  async ended(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    while (this.#waiting.length > 0) await this.#queries.alone(() => this.#flush());
    this.#writing = undefined;
  }

  /** Each write is all or nothing, also within the transaction that several share. */
  async #flush(): Promise<void> {
    const batch = this.#waiting.splice(0, mostWrites);
    // A number is used once: then the last one that is stored tells what became of a COMMIT without an answer.
    const number = ++this.#batch;
    const done: Waiting[] = [];
    try {
      await this.#queries.ask('BEGIN');
      await this.#refuseIfTaken(number);
      for (const one of batch) if (await this.#tryOne(one)) done.push(one);
    } catch (error) {
      if (this.#hold.state === 'held') await this.#queries.ask('ROLLBACK').catch(() => {});
      for (const one of batch) one.reject(failed(error));
      return;
    }
    try {
      await this.#queries.ask('COMMIT');
    } catch (error) {
      if (isAnswer(error) || !(await this.#isStored(number))) {
        for (const one of done) one.reject(failed(error));
        return;
      }
    }
    for (const one of done) one.resolve();
  }

  /** Waits for whoever writes that row; another holder has another epoch. */
  async #refuseIfTaken(number: number): Promise<void> {
    const text = 'UPDATE holder SET batch = $1 WHERE epoch = $2';
    if ((await this.#queries.ask(text, [number, this.#hold.epoch])).rowCount === 1) return;
    await this.#queries.ask('ROLLBACK');
    void this.#hold.lose();
    throw this.#queries.gone();
  }

  /** Whether PostgreSQL has taken it. @throws Error if it can't be asked */
  async #tryOne(one: Waiting): Promise<boolean> {
    await this.#queries.ask('SAVEPOINT one');
    try {
      for (const change of one.changes) await this.#apply(change);
      await this.#queries.ask('RELEASE one');
      return true;
    } catch (error) {
      if (!isAnswer(error)) throw error;
      await this.#queries.ask('ROLLBACK TO one; RELEASE one');
      one.reject(failed(error));
      return false;
    }
  }

  /** After a COMMIT without an answer: PostgreSQL knows, if it is soon there again. */
  async #isStored(number: number): Promise<boolean> {
    if (this.#hold.state === 'lost')
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patienceMs);
        this.#settled = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    return this.#hold.state === 'held' && this.#hold.lastBatch === number;
  }

  /** The connection is there again, or will never be. */
  settle(): void {
    this.#settled?.();
    this.#settled = undefined;
  }

  async #apply(change: Written): Promise<void> {
    const ask = this.#queries.ask.bind(this.#queries);
    if ('paper' in change) {
      const text = 'INSERT INTO paper VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET text = excluded.text'; // prettier-ignore
      await ask(text, [change.paper, change.text]);
    } else if ('put' in change) {
      await ask(upserts[change.put], rowOf(change).map(([, value]) => stored(value))); // prettier-ignore
    } else if (change.drop === 'said') {
      await ask('DELETE FROM said WHERE until <= $1', [change.until]);
    } else if (change.drop === 'session') {
      await ask('DELETE FROM session WHERE hash = $1', [change.hash]);
    } else {
      await ask(`DELETE FROM ${change.drop} WHERE id = $1`, [change.id]);
      if (change.drop === 'member')
        await ask(`DELETE FROM said WHERE topic LIKE 'class/' || $1::text || '/%'`, [change.id]);
    }
  }
}

const stored = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
