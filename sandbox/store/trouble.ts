/** What is wrong with a database file, for the host. */
import { copyAside } from './set-aside.ts';
import { StoreError, type StoreTrouble } from './store.ts';

/** SQLite's own codes. */
export const BUSY = 5;
const [READONLY, CORRUPT, FULL, CANTOPEN, NOTADB] = [8, 11, 13, 14, 26];

export const damaged = (file: string, why: string, cause?: unknown): StoreError =>
  new StoreError('damaged', `${file} is damaged (${why}). It is left as it is.`, cause);

/** An error of SQLite as one of the store; any other as it is. */
export function understood(error: unknown, file: string): unknown {
  const { errcode: extended, message } = error as { errcode?: number; message?: string };
  if (extended === undefined) return error;
  const errcode = extended % 256;
  const failed = (text: string) => new StoreError('failed', text, error);
  if (errcode === BUSY)
    return new StoreError('in-use', `Another server uses ${file}. End it, or choose another folder: --data <folder>`, error); // prettier-ignore
  if (errcode === NOTADB) return new StoreError('foreign', `${file} is no SQLite database. It is left as it is.`, error); // prettier-ignore
  if (errcode === CORRUPT) return damaged(file, message!, error);
  if (errcode === FULL)
    return failed(`${file}: the disk is full. Make room, or choose another folder: --data <folder>`); // prettier-ignore
  if (errcode === READONLY || errcode === CANTOPEN)
    return failed(`${file} can't be written to. The course needs a folder that it may write to: --data <folder>`); // prettier-ignore
  return failed(`${file} can't be used: ${message}.`);
}

/** The file has something in it that this course can't use; `retained set-aside` moves it away. */
export const unusable: readonly StoreTrouble[] = ['damaged', 'foreign', 'newer'];

/** Keeps a copy of a file that can't be used, and says where. No connection of this process may be open. */
export function withCopy(error: unknown, file: string): unknown {
  if (!(error instanceof StoreError) || !unusable.includes(error.trouble)) return error;
  let place: string;
  try {
    place = `A copy of it is ${copyAside(file)}.`;
  } catch (failure) {
    place = `No copy of it could be made: ${(failure as Error).message}.`;
  }
  return new StoreError(error.trouble, `${error.message} ${place}`, error);
}
