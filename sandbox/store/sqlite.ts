/** The store in a SQLite file. Writes of one turn of the event loop are one transaction, one fsync. */
import { randomUUID } from 'node:crypto';
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { copyDatabase } from './copy-database.ts';
import { openSqlite, type OpenOptions } from './open-sqlite.ts';
import {
  StoreError,
  type Change,
  type MistakeRow,
  type SaidRow,
  type SessionRow,
  type Store,
  type Stored,
} from './store.ts';
import { parsed, rowOf, storedOf, upsert } from './tables.ts';
import { damaged } from './trouble.ts';
import { log } from '../shared/log.ts';

interface Waiting {
  changes: readonly Change[];
  resolve(): void;
  reject(error: unknown): void;
}
type Row = Record<string, SQLInputValue>;

/** @throws StoreError */
export async function openSqliteStore(file: string, options?: OpenOptions): Promise<Store> {
  return new SqliteStore(await openSqlite(file, options), file);
}

export class SqliteStore implements Store {
  readonly id: string;
  readonly #database: DatabaseSync;
  readonly #file: string;
  readonly #statements = new Map<string, StatementSync>();
  readonly #waiting: Waiting[] = [];

  constructor(database: DatabaseSync, file: string) {
    this.#database = database;
    this.#file = file;
    const known = this.#prepared('SELECT id FROM about').get();
    this.id = known ? String(known['id']) : randomUUID();
    if (!known) this.#prepared('INSERT INTO about VALUES (?)').run(this.id);
  }

  #prepared(sql: string): StatementSync {
    let statement = this.#statements.get(sql);
    if (!statement) this.#statements.set(sql, (statement = this.#database.prepare(sql)));
    return statement;
  }

  async read(): Promise<Stored> {
    try {
      return this.#read();
    } catch (error) {
      // SQLite has no check sums: such as a byte within a text that was overwritten.
      throw damaged(this.#file, 'a row makes no sense', error);
    }
  }

  #read(): Stored {
    return storedOf((table) =>
      this.#prepared(`SELECT * FROM ${table}`)
        .all()
        .map((row) => ({ ...row })),
    );
  }

  async progress(member: string): Promise<string | null> {
    const row = this.#prepared('SELECT text FROM progress WHERE member = ?').get(member);
    return row ? String(row['text']) : null;
  }

  async mistakes(classId: string, exercise: string): Promise<MistakeRow[]> {
    const all = this.#prepared(
      `SELECT mistake.* FROM mistake JOIN member ON member.id = mistake.member
        WHERE member.class = ? AND mistake.exercise = ? ORDER BY made DESC`,
    ).all(classId, exercise);
    return all.map((row) => ({ ...row, example: parsed(row['example']) }) as MistakeRow);
  }

  async said(classId: string, now: number): Promise<SaidRow[]> {
    const all = this.#prepared('SELECT * FROM said WHERE class = ? AND until > ? ORDER BY topic').all(classId, now); // prettier-ignore
    return all.map((row) => ({ ...row }) as unknown as SaidRow);
  }

  async sessions(): Promise<SessionRow[]> {
    const all = this.#prepared('SELECT * FROM session ORDER BY until').all();
    return all.map((row) => ({ ...row }) as unknown as SessionRow);
  }

  write(changes: readonly Change[]): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ changes, resolve, reject });
      if (this.#waiting.length === 1) setImmediate(() => this.#flush());
    });
  }

  /** Each write is all or nothing, also within the transaction that several share. */
  #flush(): void {
    const batch = this.#waiting.splice(0);
    if (batch.length === 0) return;
    const done: Waiting[] = [];
    const database = this.#database;
    try {
      database.exec('BEGIN IMMEDIATE');
      for (const one of batch) {
        database.exec('SAVEPOINT one');
        try {
          for (const change of one.changes) this.#apply(change);
          database.exec('RELEASE one');
          done.push(one);
        } catch (error) {
          // A full disk has ended the whole transaction.
          if (!database.isTransaction) throw error;
          database.exec('ROLLBACK TO one; RELEASE one');
          one.reject(failed(error));
        }
      }
      database.exec('COMMIT');
    } catch (error) {
      if (database.isOpen && database.isTransaction) database.exec('ROLLBACK');
      for (const one of batch) one.reject(failed(error));
      return;
    }
    if (done.some(({ changes }) => changes.some((change) => 'drop' in change))) this.#shred();
    for (const one of done) one.resolve();
  }

  /** What was deleted must not stay in the log either. */
  #shred(): void {
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch (error) {
      // The disk is full: the log goes with a later deletion, or when the server ends.
      log.error('not-shredded', error);
    }
  }

  #apply(change: Change): void {
    if ('drop' in change) return this.#drop(change);
    const values: Row = {};
    for (const [name, value] of rowOf(change)) values[name] = stored(value);
    this.#prepared(upsert(change.put, (name) => `:${name}`)).run(values);
  }

  #drop(change: Extract<Change, { drop: string }>): void {
    if (change.drop === 'said') {
      this.#prepared('DELETE FROM said WHERE until <= ?').run(change.until);
      return;
    }
    if (change.drop === 'session') {
      this.#prepared('DELETE FROM session WHERE hash = ?').run(change.hash);
      return;
    }
    this.#prepared(`DELETE FROM ${change.drop} WHERE id = ?`).run(change.id);
    if (change.drop === 'member')
      this.#prepared(`DELETE FROM said WHERE topic LIKE 'class/' || ? || '/%'`).run(change.id);
  }

  async copyTo(file: string): Promise<void> {
    this.#flush();
    await copyDatabase(this.#database, file);
  }

  async close(): Promise<void> {
    this.#flush();
    if (this.#database.isOpen) this.#database.close();
  }
}

const failed = (error: unknown): StoreError =>
  new StoreError('failed', `Not stored: ${(error as Error).message}`, error);

function stored(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return typeof value === 'object' && value !== null
    ? JSON.stringify(value)
    : (value as SQLInputValue);
}
