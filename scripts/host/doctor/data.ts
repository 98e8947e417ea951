/** The data folder: can it be written to, is there room, is the database sound. */
import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DATABASE } from '../backup/archive.ts';
import { wayOn, whyUnusable } from '../database.ts';
import type { Finding } from './finding.ts';

/** A megabyte, and the least and the comfortable amount of them. */
const MB = 1e6;
const room = { least: 20, enough: 200 };

/** The folder itself, or the first one above it that is there. */
function existing(folder: string): string {
  const path = resolve(folder);
  return existsSync(path) || dirname(path) === path ? path : existing(dirname(path));
}

export function diskFinding(folder: string): Finding {
  const { bavail, bsize } = statfsSync(existing(folder));
  const free = (bavail * bsize) / MB;
  const text = `${free > 10_000 ? `${Math.round(free / 1000)} GB` : `${Math.round(free)} MB`} free`;
  if (free >= room.enough) return { about: 'disk', state: 'good', text };
  return {
    about: 'disk',
    state: free < room.least ? 'bad' : 'note',
    text: `${text} where the data is`,
    todo: ['make room, or choose another place: --data <folder>'],
  };
}

export interface DataUse {
  /** A server has the folder open now. */
  isOpen: boolean;
  /** How the course is called. */
  program: string;
  /** Classes are in PostgreSQL. */
  hasDatabase: boolean;
}

export async function dataFinding(
  folder: string,
  { isOpen, program, hasDatabase }: DataUse,
): Promise<Finding> {
  const about = 'data';
  const place = existing(folder);
  if (!statSync(place).isDirectory())
    return { about, state: 'bad', text: `${place} is a file`, todo: ['choose a folder: --data <folder>'] }; // prettier-ignore
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch {
    return {
      about,
      state: 'bad',
      text: `${place} can't be written to by this user`,
      todo: ['choose another place: --data <folder>, or have its owner start the course'],
    };
  }
  const file = join(folder, DATABASE);
  const isThere = ['', '-wal'].some((ending) => existsSync(file + ending));
  if (!isThere) return { about, state: 'good', text: `${resolve(folder)}, ${hasDatabase ? 'classes are in the database' : 'no class yet'}` }; // prettier-ignore
  if (isOpen)
    return { about, state: 'good', text: `${resolve(folder)}, in use by the open course` };
  const why = await whyUnusable(folder).catch((error: unknown) => (error as Error).message);
  if (why !== null)
    return { about, state: 'bad', text: why, todo: wayOn(program, folder).split('\n') };
  const shared = process.platform !== 'win32' && (statSync(folder).mode & 0o077) !== 0;
  return {
    about,
    state: shared ? 'note' : 'good',
    text: `${resolve(folder)}${shared ? ' may be read by other users of this machine' : ''}`,
    ...(shared && { todo: [`chmod 700 ${resolve(folder)}`] }),
  };
}

/** The newest time of a file there; 0 without one. */
export function newestIn(folder: string): number {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return 0;
  return Math.max(0, ...readdirSync(folder).map((name) => statSync(join(folder, name)).mtimeMs));
}
