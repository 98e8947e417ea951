/** Asks PostgreSQL over the session that has the lock, one after another. */
import type { QueryResult } from 'pg';
import type { Hold } from './postgres-hold.ts';
import { failed, isAnswer } from './postgres-trouble.ts';
import { StoreError } from './store.ts';

export type Row = Record<string, unknown>;

export class Queries {
  readonly #hold: Hold;
  readonly #place: string;
  /** What uses the session now: a query within the transaction of another would be part of it. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param place for people */
  constructor(hold: Hold, place: string) {
    this.#hold = hold;
    this.#place = place;
  }

  /** Within `alone`. @throws Error */
  async ask(text: string, values: unknown[] = []): Promise<QueryResult<Row>> {
    if (this.#hold.state !== 'held') throw this.gone();
    try {
      return await this.#hold.ask(text, values);
    } catch (error) {
      if (!isAnswer(error)) void this.#hold.lose();
      throw error;
    }
  }

  alone<T>(use: () => Promise<T>): Promise<T> {
    const next = this.#last.then(use);
    this.#last = next.catch(() => {});
    return next;
  }

  /** @throws StoreError */
  async rows(text: string, values?: unknown[]): Promise<Row[]> {
    try {
      return (await this.alone(() => this.ask(text, values))).rows;
    } catch (error) {
      throw failed(error);
    }
  }

  gone(): StoreError {
    const why = this.#hold.state === 'taken' ? 'another process has the classes' : 'the connection is cut'; // prettier-ignore
    return new StoreError('failed', `The database ${this.#place} was not asked: ${why}.`);
  }
}
