/**
 * With which versions of which programs each lesson was proved, and when: `lessons/proved.json`, which
 * `npm run check:lessons -- --record` writes. An entry names the state of the lesson's files that was proved;
 * if they have changed since, it is stale.
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** `Mosquitto 2.0.21` → `2026-11-30 0a1b2c3d4e5f`: the day in UTC, and `digestOf` of the lesson's files. */
export type LessonProofs = Readonly<Record<string, string>>;
/** By the lesson's id. */
export type Proofs = Readonly<Record<string, LessonProofs>>;

export interface Proof {
  /** `2026-11-30` */
  day: string;
  /** The lesson's files are others now. */
  stale: boolean;
}

/** What `check:lessons` doesn't read: programs that are tried by `npm run hints` alone. */
const UNREAD = 'trials.txt';
const DIGITS = 12;
const ENTRY = /^(\d{4}-\d{2}-\d{2}) ([0-9a-f]{12})$/;

/** A short digest of all files of a lesson, with their names. @param folder the lesson's */
export function digestOf(folder: string): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== UNREAD)
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    hash.update(`${file}\0${Buffer.byteLength(text)}\0${text}`);
  }
  return hash.digest('hex').slice(0, DIGITS);
}

/**
 * The proof with a program (`MQTT.js 5.16.0`); undefined if there is none.
 * @throws if an entry is not of the form above
 */
export function proofOf(
  proofs: LessonProofs | undefined,
  program: string,
  digest: string,
): Proof | undefined {
  const entry = proofs?.[program];
  if (entry === undefined) return undefined;
  const [, day, of] = ENTRY.exec(entry) ?? [];
  if (day === undefined) throw new Error(`lessons/proved.json: "${entry}" of ${program}`);
  return { day, stale: of !== digest };
}

/** By name, then by version: 2.0.9 before 2.0.11. */
export const byProgram = new Intl.Collator('en', { numeric: true }).compare;

/** Every program and version that a lesson was ever proved with, in the order of columns. */
export const programsOf = (proofs: Proofs): string[] =>
  [...new Set(Object.values(proofs).flatMap((own) => Object.keys(own)))].sort(byProgram);

/** Days for which an entry stands as it is, though the lesson was proved again: else each run changed the file. */
const STANDS_DAYS = 30;
const daysBetween = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000;

/**
 * A lesson's entries after a run in which nothing of it failed. What was not run keeps its entry, and gets
 * none.
 * @param ran the programs with which something of the lesson has run
 * @param today `2026-11-30`
 */
export function recorded(
  before: LessonProofs | undefined,
  digest: string,
  ran: Iterable<string>,
  today: string,
): LessonProofs {
  const after: Record<string, string> = { ...before };
  for (const program of ran) {
    const known = proofOf(before, program, digest);
    if (known && !known.stale && daysBetween(known.day, today) < STANDS_DAYS) continue;
    after[program] = `${today} ${digest}`;
  }
  return Object.fromEntries(Object.entries(after).sort(([a], [b]) => byProgram(a, b)));
}

/** The file's text: lessons by id, a line for each program. */
export function textOf(proofs: Proofs): string {
  const sorted = Object.entries(proofs)
    .filter(([, own]) => Object.keys(own).length > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `${JSON.stringify(Object.fromEntries(sorted), null, 2)}\n`;
}
