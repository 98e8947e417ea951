/** Opens the SQLite file: alone, durable, with the present schema. What it can't use it leaves as it is. */
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { copyDatabase } from './copy-database.ts';
import { refuseAfterCrash, refuseEmpty } from './after-crash.ts';
import { applicationId, migrations } from './migrations.ts';
import { StoreError } from './store.ts';
import { damaged, understood, withCopy } from './trouble.ts';

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

export interface OpenOptions {
  /** The course has been here before: an empty file was not always so. */
  isUsed?: boolean;
}

/**
 * @param file is made if it is missing, with its folder
 * @throws StoreError; of a file that can't be used it names a copy
 */
export async function openSqlite(file: string, options: OpenOptions = {}): Promise<DatabaseSync> {
  try {
    return await openOrRefuse(file, options);
  } catch (error) {
    throw withCopy(error, file);
  }
}

async function openOrRefuse(file: string, { isUsed = false }: OpenOptions): Promise<DatabaseSync> {
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
  refuseEmpty(file, isUsed);
  refuseAfterCrash(module, file, judge);
  const database = opened(module, file);
  try {
    // The lock is the process's: it ends with it, also after a power failure.
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;');
    chmodSync(file, 0o600);
    judge(database, file);
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
  const found = Object.values(database.prepare('PRAGMA integrity_check(1)').get()!)[0];
  if (found !== 'ok') throw damaged(file, String(found));
}

/** @throws StoreError */
function judge(database: DatabaseSync, file: string): void {
  try {
    refuseForeign(database, file);
    refuseDamaged(database, file);
  } catch (error) {
    throw understood(error, file);
  }
}

/**
 * A database that nobody uses, as a backup holds it: its data version.
 * @throws StoreError if it is damaged, another program's, or of a newer version
 */
export async function inspectSqlite(file: string): Promise<number> {
  const { DatabaseSync } = await import('node:sqlite');
  const database = new DatabaseSync(file);
  try {
    judge(database, file);
    return number(database, 'user_version');
  } finally {
    database.close();
  }
}

/** Copies a file that no server uses, as it is. @throws StoreError */
export async function copySqlite(file: string, to: string): Promise<void> {
  const module = await import('node:sqlite');
  const { DatabaseSync } = module;
  refuseAfterCrash(module, file, judge);
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
    throw new StoreError(
      'foreign',
      `${file} is the database of another program. It is left as it is.`,
    );
  if (version > migrations.length)
    throw new StoreError(
      'newer',
      `${file} was written by a newer version of the course (data version ${version}; this one knows ${migrations.length}). It is left as it is. Update the course.`,
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
