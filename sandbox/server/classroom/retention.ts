/** How long classes are kept: what is older is deleted, once the clock has said so for a day (`old-evidence.ts`). */
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lastSign } from '../../classroom/class-list.ts';
import type { Classroom } from '../../classroom/classroom.ts';
import { log } from '../../shared/log.ts';
import { isSetAside } from '../../store/set-aside.ts';
import { agreed, dayMs, lookAt, read, write, type Kept, type Subject } from './old-evidence.ts';

/** Without a choice of the host. */
export const usualKeepDays = 180;
const lookMs = 3_600_000;
const FILE = 'retention.json';

/** A text that outlives the process. */
export interface Paper {
  /** An empty text if there is none. */
  read(): Promise<string>;
  write(text: string): Promise<void>;
}

const fileIn = (folder: string): Paper => ({
  read: () => readFile(join(folder, FILE), 'utf8').catch(() => ''),
  async write(text) {
    const file = join(folder, FILE);
    await writeFile(`${file}.new`, text, { mode: 0o600 });
    await rename(`${file}.new`, file);
  },
});

export interface RetentionOptions {
  classroom: Classroom;
  /** The data folder. */
  folder: string;
  /** For what it knows; a file in the folder by default. */
  paper?: Paper;
  days: number;
  /** Milliseconds by a clock that never jumps, for tests. */
  running?: () => number;
}

export class Retention {
  readonly #options: RetentionOptions;
  readonly #paper: Paper;
  readonly #running: () => number;
  readonly #timer: ReturnType<typeof setInterval>;
  #kept: Kept;
  /** When `#kept.ran` was right. */
  #counted: number;
  #looking: Promise<void> = Promise.resolve();

  private constructor({ paper, ...options }: RetentionOptions & { paper: Paper }, kept: Kept) {
    this.#options = options;
    this.#paper = paper;
    this.#running = options.running ?? (() => performance.now());
    this.#kept = kept;
    this.#counted = this.#running();
    this.#timer = setInterval(() => void this.#hourly(), lookMs);
    this.#timer.unref();
  }

  /** Resolves after the first look. @throws SandboxError `not-kept` */
  static async start(options: RetentionOptions): Promise<Retention> {
    const paper = options.paper ?? fileIn(options.folder);
    const retention = new Retention({ ...options, paper }, read(await paper.read()));
    try {
      await retention.#look();
    } catch (error) {
      clearInterval(retention.#timer);
      throw error;
    }
    return retention;
  }

  /** Resolves when no look is under way. */
  looked(): Promise<void> {
    return this.#looking;
  }

  #hourly(): void {
    // Such as a full disk: it is tried again an hour later.
    this.#looking = this.#look().catch((error: unknown) => log.error('retention-failed', error));
  }

  #count(): number {
    const at = this.#running();
    this.#kept = { ...this.#kept, ran: this.#kept.ran + at - this.#counted };
    this.#counted = at;
    return this.#kept.ran;
  }

  async #look(): Promise<void> {
    const { classroom, folder, days } = this.#options;
    const now = classroom.now();
    const classes = new Map(classroom.classes.map((one) => [`class:${one.row.id}`, one]));
    const copies = await copiesIn(folder);
    const subjects: Subject[] = [
      ...[...classes].map(([key, one]) => ({ key, sign: lastSign(one) })),
      ...[...copies].map(([name, sign]) => ({ key: `file:${name}`, sign })),
    ];
    const look = { now, ran: this.#count(), keepMs: days * dayMs };
    const { after, deletable } = lookAt(subjects, this.#kept.seen, look);
    const passed = agreed(this.#kept.earlier, look);
    const earlier = passed === null && this.#kept.earlier ? this.#kept.earlier : { now, ran: look.ran }; // prettier-ignore
    this.#kept = { ran: look.ran, earlier, seen: after };
    await this.#keep();
    const old = deletable.flatMap((key) => classes.get(key) ?? []);
    for (const { row } of old) await classroom.drop(row.id);
    if (old.length > 0)
      log.info('classes-deleted', `Deleted ${old.length} of the classes: no sign of anybody for ${days} days.`, { n: old.length, days }); // prettier-ignore
    for (const name of copies.keys())
      if (deletable.includes(`file:${name}`)) await rm(join(folder, name), { force: true });
    if (passed !== null) await classroom.dropSaid(passed);
  }

  /** Without it a restart begins to wait anew. */
  async #keep(): Promise<void> {
    try {
      await this.#paper.write(write(this.#kept));
    } catch (error) {
      log.error('retention-failed', error);
    }
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#looking;
    this.#count();
    await this.#keep();
  }
}

/** Databases of before, which hold the classes of that time → when they were put there. */
async function copiesIn(folder: string): Promise<Map<string, number>> {
  const names = (await readdir(folder)).filter(
    (name) => /^classroom\.sqlite\.version-\d+$/.test(name) || isSetAside(name),
  );
  const copies = new Map<string, number>();
  for (const name of names) copies.set(name, Math.floor((await stat(join(folder, name))).mtimeMs));
  return copies;
}
