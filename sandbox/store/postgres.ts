/** The store in PostgreSQL, of which one process at a time has the lock (`postgres-session.ts`). */
import { copyFrom } from './copy-store.ts';
import { Hold, type HoldOptions } from './postgres-hold.ts';
import { Queries } from './postgres-queries.ts';
import { understood } from './postgres-trouble.ts';
import { placeOf } from './postgres-url.ts';
import { Writes } from './postgres-writes.ts';
import type { Change, MistakeRow, SaidRow, SessionRow, Store, Stored } from './store.ts';
import { parsed, storedOf } from './tables.ts';

/** @throws StoreError */
export async function openPostgresStore(url: string, options: HoldOptions): Promise<PostgresStore> {
  let store: PostgresStore | undefined;
  const hold = await Hold.take(url, {
    ...options,
    regained() {
      store?.settle();
      options.regained?.();
    },
    taken() {
      store?.settle();
      options.taken?.();
    },
  });
  try {
    const { rows } = await hold.ask('SELECT id FROM about');
    return (store = new PostgresStore(hold, (rows[0] as { id: string }).id, placeOf(url)));
  } catch (error) {
    await hold.close();
    throw understood(error, placeOf(url));
  }
}

export class PostgresStore implements Store {
  readonly id: string;
  readonly #hold: Hold;
  readonly #queries: Queries;
  readonly #writes: Writes;

  constructor(hold: Hold, id: string, place: string) {
    this.id = id;
    this.#hold = hold;
    this.#queries = new Queries(hold, place);
    this.#writes = new Writes(hold, this.#queries);
  }

  /** Nobody else has the classes, as far as is known. */
  get isHeld(): boolean {
    return this.#hold.state === 'held';
  }

  /** For so many milliseconds nothing is known of PostgreSQL: another process may have had the classes since. */
  get silentFor(): number {
    return this.#hold.silentFor;
  }

  async read(): Promise<Stored> {
    const rows = {
      class: await this.#queries.rows('SELECT * FROM class ORDER BY created, id'),
      member: await this.#queries.rows('SELECT * FROM member ORDER BY joined, id'),
      work: await this.#queries.rows('SELECT * FROM work ORDER BY member, exercise'),
    };
    return storedOf((table) => rows[table]);
  }

  async progress(member: string): Promise<string | null> {
    const [row] = await this.#queries.rows('SELECT text FROM progress WHERE member = $1', [member]);
    return row ? String(row['text']) : null;
  }

  async mistakes(classId: string, exercise: string): Promise<MistakeRow[]> {
    const all = await this.#queries.rows(
      `SELECT mistake.* FROM mistake JOIN member ON member.id = mistake.member
        WHERE member.class = $1 AND mistake.exercise = $2 ORDER BY made DESC`,
      [classId, exercise],
    );
    return all.map((row) => ({ ...row, example: parsed(row['example']) }) as MistakeRow);
  }

  async said(classId: string, now: number): Promise<SaidRow[]> {
    const text = 'SELECT * FROM said WHERE class = $1 AND until > $2 ORDER BY topic COLLATE "C"';
    return (await this.#queries.rows(text, [classId, now])) as unknown as SaidRow[];
  }

  async sessions(): Promise<SessionRow[]> {
    return (await this.#queries.rows('SELECT * FROM session ORDER BY until')) as unknown as SessionRow[]; // prettier-ignore
  }

  /** A text of the course that every process needs: with SQLite it is a file of the data folder. */
  async paper(name: string): Promise<string | null> {
    const [row] = await this.#queries.rows('SELECT text FROM paper WHERE name = $1', [name]);
    return row ? String(row['text']) : null;
  }

  /** @throws StoreError `failed` */
  keepPaper(paper: string, text: string): Promise<void> {
    return this.#writes.add([{ paper, text }]);
  }

  write(changes: readonly Change[]): Promise<void> {
    return this.#writes.add(changes);
  }

  /** As a SQLite file, which another course can have as its own. Writes wait: all tables are of one moment. */
  copyTo(file: string): Promise<void> {
    return this.#queries.alone(() =>
      copyFrom(async (text) => (await this.#queries.ask(text)).rows, file, this.id),
    );
  }

  /** The connection is there again, or will never be. */
  settle(): void {
    this.#writes.settle();
  }

  async close(): Promise<void> {
    if (this.#hold.state === 'held') await this.#writes.ended();
    await this.#hold.close();
    this.settle();
    await this.#writes.ended();
  }
}
