/** Looks at a file that was not closed before SQLite does: opening it repairs it, which would overwrite a damaged one. */
import { readFileSync, rmSync, statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { log } from '../shared/log.ts';
import { copyAside, removeCopy } from './set-aside.ts';
import { BUSY, damaged, understood } from './trouble.ts';
import { stateOfLog } from './write-ahead-log.ts';

/** One page, in bytes. */
const smallest = 512;

/** Bytes; null: there is no such file. */
const sizeOf = (path: string): number | null =>
  statSync(path, { throwIfNoEntry: false })?.size ?? null;

/**
 * SQLite would begin with nothing where there was something.
 * @param isUsed the course has had a database here: an empty one is that of a first start otherwise
 * @throws StoreError
 */
export function refuseEmpty(file: string, isUsed: boolean): void {
  const size = sizeOf(file);
  const hasLog = (sizeOf(`${file}-wal`) ?? 0) > 0;
  if (size === null && hasLog) throw damaged(file, 'it is missing, and its log is there');
  if (size === 0 && (isUsed || hasLog)) throw damaged(file, 'it is empty');
  if (size !== null && size > 0 && size < smallest) throw damaged(file, 'most of it is missing');
}

/**
 * @param judge throws what is wrong with an open database
 * @throws StoreError; the file and its log are as they were
 */
export function refuseAfterCrash(
  { DatabaseSync: Database }: typeof import('node:sqlite'),
  file: string,
  judge: (database: DatabaseSync, file: string) => void,
): void {
  if (!sizeOf(`${file}-wal`)) return;
  refuseInUse(Database, file);
  let copy: string;
  try {
    copy = copyAside(file);
  } catch {
    // No room for it: SQLite itself will say what it finds.
    return;
  }
  const state = stateOfLog(readFileSync(`${copy}-wal`));
  if (state === 'damaged') throw damaged(file, 'its log stops before what was stored last');
  // Who only reads repairs nothing.
  const database = new Database(copy, { readOnly: true });
  try {
    judge(database, file);
  } finally {
    database.close();
    rmSync(`${copy}-shm`, { force: true });
  }
  if (state === 'torn')
    log.warn('log-torn', `The last thing that was stored in ${file} is not there whole, as after a power failure: it is left out. The file as it was: ${copy}`); // prettier-ignore
  else removeCopy(copy);
}

/** @throws StoreError `in-use` */
export function refuseInUse(Database: typeof DatabaseSync, file: string): void {
  // SQLite deletes the log of an empty file, also if it may only read.
  if (!sizeOf(file)) return;
  const database = new Database(file, { readOnly: true });
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_schema');
  } catch (error) {
    // Of anything else more is said later.
    if (((error as { errcode?: number }).errcode ?? 0) % 256 === BUSY) throw understood(error, file); // prettier-ignore
  } finally {
    database.close();
  }
}
