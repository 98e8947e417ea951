/** `retained backup` and `retained restore`: the data folder as one file. Nothing is ever overwritten. */
import {
  closeSync, existsSync, fsyncSync, linkSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, renameSync,
  rmSync, statSync, writeFileSync, writeSync,
} from 'node:fs'; // prettier-ignore
import { randomBytes } from 'node:crypto';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { copySqlite, inspectSqlite } from '../../../sandbox/store/open-sqlite.ts';
import { migrations } from '../../../sandbox/store/migrations.ts';
import { pack, unpack, DATABASE, type Backup } from './archive.ts';
import { askServer } from './ask-server.ts';

export interface BackupTask {
  file: string;
  data: string;
  /** Of this course. */
  version: string;
  /** Classes are in PostgreSQL: a server that is open has to copy them. */
  hasDatabase?: boolean;
}

/** What a server or a backup leaves for a moment, and what is the system's. */
const passing = /^(?:classroom\.sqlite(?:-.*)?|control\.sock|running\.json|backup-[0-9a-f]+\.sqlite.*|restore-.*|lost\+found)$/; // prettier-ignore

function filesOf(data: string): Map<string, Uint8Array> {
  const files = readdirSync(data, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => relative(data, join(one.parentPath, one.name)).split(sep).join('/'))
    .filter((path) => !passing.test(path.split('/')[0]!));
  return new Map(files.sort().map((path) => [path, readFileSync(join(data, path))]));
}

/** @returns what to tell the host */
export async function backUp({ file, data, version, hasDatabase }: BackupTask): Promise<string> {
  const to = resolve(file);
  if (existsSync(to))
    throw new Error(`${to} is there already. Choose another name: nothing is overwritten.`);
  if (!statSync(data, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`There is no data folder ${data}. Name the course's own: --data <folder>`);
  const { database, dataVersion } = await databaseOf(data, hasDatabase ?? false);
  const files = filesOf(data);
  if (database) files.set(DATABASE, database);
  if (files.size === 0) throw new Error(`${data} is empty: there is nothing to back up.`);
  const made = new Date().toISOString();
  const bytes = pack({ version, dataVersion, made, files });
  writeNew(to, bytes);
  return `${to}: ${files.size} files, ${(bytes.length / 1e6).toFixed(1)} MB.
It holds what learners did and the keys of this course: keep it where only you read it.`;
}

/** A copy that SQLite makes: by the server if one is open, which may have its classes elsewhere; else here. */
async function databaseOf(
  data: string,
  hasDatabase: boolean,
): Promise<{ database: Uint8Array | null; dataVersion: number }> {
  const answer = await askServer(data, 'POST', '/backup');
  if (!answer && hasDatabase)
    throw new Error('The classes are in the database of DATABASE_URL, and no open course has this data folder. Start it, or copy the database with pg_dump.'); // prettier-ignore
  if (!answer && !existsSync(join(data, DATABASE))) return { database: null, dataVersion: 0 };
  let copy: string;
  if (answer) copy = join(data, String(answer['file']));
  else {
    copy = join(data, `backup-${randomBytes(6).toString('hex')}.sqlite`);
    await copySqlite(join(data, DATABASE), copy);
  }
  try {
    return { dataVersion: await inspectSqlite(copy), database: readFileSync(copy) };
  } finally {
    rmSync(copy, { force: true });
  }
}

/** All of it under its name, or nothing. */
function writeNew(path: string, bytes: Uint8Array): void {
  const part = `${path}.part-${process.pid}`;
  const end = (): void => {
    rmSync(part, { force: true });
    process.exit(1);
  };
  process.once('SIGTERM', end).once('SIGINT', end);
  try {
    const open = openSync(part, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(open, bytes, at);
      fsyncSync(open);
    } finally {
      closeSync(open);
    }
    nameIt(part, path);
  } finally {
    rmSync(part, { force: true });
    process.off('SIGTERM', end).off('SIGINT', end);
  }
}

/** A link refuses a name that is taken; a USB stick has no links. */
function nameIt(part: string, path: string): void {
  try {
    linkSync(part, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST' || existsSync(path)) throw error;
    renameSync(part, path);
  }
}

/** @returns what to tell the host */
export async function restore({ file, data }: BackupTask): Promise<string> {
  const backup = readBackup(resolve(file));
  if (backup.dataVersion > migrations.length)
    throw new Error(
      `${file} was made by a newer version of the course (${backup.version}, data version ${backup.dataVersion}; this one knows ${migrations.length}). Update the course first.`,
    );
  const there = existsSync(data) ? readdirSync(data).filter((name) => name !== 'lost+found') : [];
  if (there.length > 0)
    throw new Error(
      `${data} is not empty (${there.slice(0, 3).join(', ')}). Nothing is overwritten: move that folder away, or choose another one with --data <folder>.`,
    );
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const work = mkdtempSync(join(data, 'restore-'));
  try {
    for (const [path, bytes] of backup.files) {
      const to = join(work, path);
      mkdirSync(dirname(to), { recursive: true, mode: 0o700 });
      writeFileSync(to, bytes, { mode: 0o600, flag: 'wx', flush: true });
    }
    if (backup.files.has(DATABASE)) await inspectSqlite(join(work, DATABASE));
    // The database is last: what a server finds is whole.
    const names = readdirSync(work).sort((a, b) => Number(a === DATABASE) - Number(b === DATABASE));
    for (const name of names) renameSync(join(work, name), join(data, name));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return `${data} is as it was on ${backup.made.slice(0, 16).replace('T', ' ')} UTC: ${backup.files.size} files.`;
}

function readBackup(file: string): Backup {
  try {
    return unpack(readFileSync(file));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    throw new Error(code === 'ENOENT' ? `There is no file ${file}.` : `${file} ${message}`, { cause }); // prettier-ignore
  }
}
