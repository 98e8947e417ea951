/** Database files that the course can't use are kept beside it, as they are: `classroom.sqlite.aside-<sum>`. */
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';

const endings = ['', '-wal'] as const;

/** Of the data folder: the whole of such a copy is its file, and one with `-wal`. */
export const isSetAside = (name: string): boolean =>
  /^classroom\.sqlite\.aside-[0-9a-f]{8}(?:-wal)?$/.test(name);

const contentOf = (path: string): Buffer => (existsSync(path) ? readFileSync(path) : Buffer.alloc(0)); // prettier-ignore

/**
 * Copies the file and its write-ahead log. The same content is copied once. No connection of this process may have the
 * file open: to close it here gives up SQLite's lock.
 * @returns the path of the copy. @throws Error of the file system; then there is no copy
 */
export function copyAside(file: string): string {
  const hash = createHash('sha256');
  for (const ending of endings) hash.update(contentOf(file + ending)).update('\0');
  const copy = `${file}.aside-${hash.digest('hex').slice(0, 8)}`;
  const there = endings.filter((ending) => existsSync(file + ending));
  if (there.every((ending) => contentOf(copy + ending).equals(contentOf(file + ending))) && existsSync(copy + there[0])) return copy; // prettier-ignore
  // The log first: what has the copy's own name is whole.
  for (const ending of there.toReversed()) {
    const part = `${copy}${ending}.part`;
    try {
      copyFileSync(file + ending, part);
      chmodSync(part, 0o600);
      renameSync(part, copy + ending);
    } catch (error) {
      for (const path of [part, ...endings.map((one) => copy + one)]) rmSync(path, { force: true });
      throw error;
    }
  }
  return copy;
}

export function removeCopy(copy: string): void {
  for (const ending of ['', '-wal', '-shm']) rmSync(copy + ending, { force: true });
}

/** Moves it: the next start makes a new database. @returns where it is now. @throws Error of the file system */
export function setAside(file: string): string {
  const copy = copyAside(file);
  for (const ending of ['', '-wal', '-shm']) rmSync(file + ending, { force: true });
  return copy;
}
