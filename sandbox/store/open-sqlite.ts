/** Opens the SQLite file: alone, durable, with the present schema. */
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { applicationId, migrations } from './migrations.ts';
import { StoreError } from './store.ts';

/** Node's own SQLite; null on a Node without it (before 22.13). */
async function sqlite(): Promise<typeof import('node:sqlite') | null> {
  try {
    return await import('node:sqlite');
  } catch {
    return null;
  }
}

const number = (database: DatabaseSync, pragma: string): number =>
  Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get()!)[0]);

/**
 * @param file is made if it is missing, with its folder
 * @throws StoreError
 */
export async function openSqlite(file: string): Promise<DatabaseSync> {
  const module = await sqlite();
  if (!module)
    throw new StoreError(
      'unavailable',
      `Classes need Node 22.13 or newer; this is ${process.version}.`,
    );
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const database = new module.DatabaseSync(file);
  try {
    // The lock is the process's: it ends with it, also after a power failure.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    chmodSync(file, 0o600);
    refuseForeign(database, file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;');
    // What is deleted is overwritten.
    database.exec('PRAGMA secure_delete = ON');
    migrate(database);
    database.exec('PRAGMA foreign_keys = ON');
    return database;
  } catch (error) {
    database.close();
    throw understood(error, file);
  }
}

function refuseForeign(database: DatabaseSync, file: string): void {
  const [version, application] = [number(database, 'user_version'), number(database, 'application_id')]; // prettier-ignore
  const isNew = version === 0 && number(database, 'schema_version') === 0;
  if (!isNew && application !== applicationId)
    throw new StoreError('foreign', `${file} is the database of another program.`);
  if (version > migrations.length)
    throw new StoreError(
      'newer',
      `${file} was written by a newer version of the course (data version ${version}; this one knows ${migrations.length}). Update the course, or choose another folder: npm start -- --data <folder>`,
    );
}

function migrate(database: DatabaseSync): void {
  for (let version = number(database, 'user_version'); version < migrations.length; version++) {
    database.exec('BEGIN');
    database.exec(migrations[version]!);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version + 1}`);
    database.exec('COMMIT');
  }
}

/** SQLite's own codes: 5 busy, 26 not a database. */
function understood(error: unknown, file: string): unknown {
  const { errcode, message } = error as { errcode?: number; message?: string };
  if (errcode === 5)
    return new StoreError(
      'in-use',
      `Another server uses ${file}. End it, or choose another folder: npm start -- --data <folder>`,
      error,
    );
  if (errcode === 26) return new StoreError('foreign', `${file} is no SQLite database.`, error);
  if (errcode !== undefined)
    return new StoreError('failed', `${file} can't be used: ${message}.`, error);
  return error;
}
