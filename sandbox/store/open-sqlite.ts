/** Opens the SQLite file: alone, durable, with the present schema. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { copyDatabase } from './copy-database.ts';
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

export const number = (database: DatabaseSync, pragma: string): number =>
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
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw new StoreError('failed', `${dirname(file)} can't be made (${(cause as Error).message}). Choose another folder: --data <folder>`, cause); // prettier-ignore
  }
  const database = opened(module, file);
  try {
    // The lock is the process's: it ends with it, also after a power failure.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    chmodSync(file, 0o600);
    refuseForeign(database, file);
    refuseDamaged(database, file);
    await keepOlder(database, file);
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

function opened({ DatabaseSync }: typeof import('node:sqlite'), file: string): DatabaseSync {
  try {
    return new DatabaseSync(file);
  } catch (error) {
    throw understood(error, file);
  }
}

/** A file of an older version is kept beside it as it was: a migration can't be undone. */
async function keepOlder(database: DatabaseSync, file: string): Promise<void> {
  const version = number(database, 'user_version');
  const kept = `${file}.version-${version}`;
  if (version === 0 || version >= migrations.length || existsSync(kept)) return;
  await copyDatabase(database, kept);
}

function refuseDamaged(database: DatabaseSync, file: string): void {
  const found = Object.values(database.prepare('PRAGMA quick_check(1)').get()!)[0];
  if (found !== 'ok') throw damaged(file, String(found));
}

const damaged = (file: string, why: string, cause?: unknown): StoreError =>
  new StoreError(
    'damaged',
    `${file} is damaged (${why}). It is left as it is. Restore a backup into another folder: retained restore <file> --data <folder>`,
    cause,
  );

/**
 * A database that nobody uses, as a backup holds it: its data version.
 * @throws StoreError if it is damaged, another program's, or of a newer version
 */
export async function inspectSqlite(file: string): Promise<number> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file);
  try {
    refuseForeign(database, file);
    refuseDamaged(database, file);
    return number(database, 'user_version');
  } catch (error) {
    throw understood(error, file);
  } finally {
    database.close();
  }
}

/** Copies a file that no server uses, as it is. @throws StoreError */
export async function copySqlite(file: string, to: string): Promise<void> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file);
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    await copyDatabase(database, to);
  } catch (error) {
    throw understood(error, file);
  } finally {
    database.close();
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
      `${file} was written by a newer version of the course (data version ${version}; this one knows ${migrations.length}). Update the course, or choose another folder: --data <folder>`,
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

/** SQLite's own codes: 5 busy, 8 read-only, 11 corrupt, 13 full, 14 can't open, 26 not a database. */
function understood(error: unknown, file: string): unknown {
  const { errcode, message } = error as { errcode?: number; message?: string };
  if (errcode === 5)
    return new StoreError(
      'in-use',
      `Another server uses ${file}. End it, or choose another folder: --data <folder>`,
      error,
    );
  if (errcode === 26) return new StoreError('foreign', `${file} is no SQLite database.`, error);
  if (errcode === 11) return damaged(file, message!, error);
  if (errcode === 13)
    return new StoreError('failed', `${file}: the disk is full. Make room, or choose another folder: --data <folder>`, error); // prettier-ignore
  if (errcode === 8 || errcode === 14)
    return new StoreError('failed', `${file} can't be written to. The course needs a folder that it may write to: --data <folder>`, error); // prettier-ignore
  if (errcode !== undefined)
    return new StoreError('failed', `${file} can't be used: ${message}.`, error);
  return error;
}
