/** Copies another store into a new SQLite file, table by table. */
import { existsSync, rmSync } from 'node:fs';
import type { SQLInputValue } from 'node:sqlite';
import { openSqlite } from './open-sqlite.ts';
import { columns, tables } from './tables.ts';

/**
 * @param ask all rows of a query. @param id of the store
 * @throws Error; then there is no such file
 */
export async function copyFrom(
  ask: (text: string) => Promise<Record<string, unknown>[]>,
  file: string,
  id: string,
): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} is there already.`);
  try {
    const database = await openSqlite(file);
    try {
      database.exec('BEGIN');
      database.prepare('INSERT INTO about VALUES (?)').run(id);
      // Members after their classes, and what is theirs after them.
      for (const table of tables) {
        const names = columns[table].map((name) => `"${name}"`).join(', ');
        const into = database.prepare(`INSERT INTO ${table} (${names}) VALUES (${columns[table].map(() => '?').join(', ')})`); // prettier-ignore
        for (const row of await ask(`SELECT ${names} FROM ${table}`))
          into.run(...columns[table].map((name) => value(row[name])));
      }
      database.exec('COMMIT; PRAGMA journal_mode = DELETE');
    } finally {
      database.close();
    }
  } catch (error) {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(file + ending, { force: true });
    throw error;
  }
}

const value = (of: unknown): SQLInputValue =>
  typeof of === 'boolean' ? Number(of) : (of as SQLInputValue);
