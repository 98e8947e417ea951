/** Copies of the SQLite file, by SQLite: the file alone is not all while it is open. */
import { chmodSync, existsSync, rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';

/** Pages that are copied between two turns of the event loop. */
const rate = 200;

/** @param file must not exist. @throws Error; then there is no such file */
export async function copyDatabase(database: DatabaseSync, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} is there already.`);
  const { backup, DatabaseSync } = await import('node:sqlite');
  try {
    await backup(database, file, { rate });
    chmodSync(file, 0o600);
    const copy = new DatabaseSync(file);
    try {
      // One file: the write-ahead log of the original is in it.
      copy.exec('PRAGMA journal_mode = DELETE');
    } finally {
      copy.close();
    }
  } catch (error) {
    for (const ending of ['', '-journal', '-wal', '-shm']) rmSync(file + ending, { force: true });
    throw error;
  }
}
