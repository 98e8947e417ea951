/** The database of a data folder that no server has open: whether the course can use it, and a way on if not. */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { hasTeacherSecret } from '../../sandbox/server/classroom/teacher-secret.ts';
import { logTo } from '../../sandbox/shared/log.ts';
import { refuseInUse } from '../../sandbox/store/after-crash.ts';
import { setAside } from '../../sandbox/store/set-aside.ts';
import { openSqliteStore } from '../../sandbox/store/sqlite.ts';
import { StoreError } from '../../sandbox/store/store.ts';
import { unusable } from '../../sandbox/store/trouble.ts';
import { askServer } from './backup/ask-server.ts';
import { DATABASE } from './backup/archive.ts';

/**
 * Tried on a copy: the file itself stays as it is.
 * @returns what is wrong; null if the course can use it, also if there is none
 * @throws Error if it can't be read
 */
export async function whyUnusable(data: string): Promise<string | null> {
  const file = join(data, DATABASE);
  const work = mkdtempSync(join(tmpdir(), 'retained-database-'));
  const copy = join(work, DATABASE);
  const logAsBefore = logTo(() => {});
  try {
    for (const ending of ['', '-wal'])
      if (existsSync(file + ending)) copyFileSync(file + ending, copy + ending);
    const store = await openSqliteStore(copy, { isUsed: hasTeacherSecret(data) });
    try {
      await store.read();
    } finally {
      await store.close();
    }
    return null;
  } catch (error) {
    if (!(error instanceof StoreError) || !unusable.includes(error.trouble)) throw error;
    // Without what it says of a copy.
    const { message } = error.cause instanceof StoreError ? error.cause : error;
    return message.replaceAll(copy, file);
  } finally {
    logAsBefore();
    rmSync(work, { recursive: true, force: true });
  }
}

/** @returns the command that makes room for a new database */
export const wayOn = (program: string, data: string): string =>
  `To begin again without its classes: ${program} set-aside --data ${resolve(data)}
To bring classes back: ${program} restore <backup> --data <another folder>, and start with that folder.`;

/**
 * `retained set-aside`: moves a database that can't be used. The teacher's key and the certificates stay.
 * @returns what to tell the host. @throws Error
 */
export async function setAsideDatabase(data: string): Promise<string> {
  const file = join(data, DATABASE);
  const isThere = ['', '-wal'].some((ending) => existsSync(file + ending));
  if (!isThere) throw new Error(`${resolve(data)} has no ${DATABASE}: the next start makes one.`);
  if (await askServer(data, 'GET', '/about').catch(() => null))
    throw new Error('The course is open with this folder. End it first.');
  refuseInUse((await import('node:sqlite')).DatabaseSync, file);
  const why = await whyUnusable(data);
  if (why === null)
    throw new Error(`${file} is sound, and this version can use it: nothing was moved. To begin with an empty folder: --data <another folder>`); // prettier-ignore
  const place = setAside(file);
  return `${why}
It is now ${place}, as it was. The next start in ${dirname(resolve(file))} begins without classes; the teacher's key and the certificates are the same.`;
}
