/** How long classes are kept: what is older is deleted at the start, and once a day. */
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Classroom } from '../../classroom/classroom.ts';
import { log } from '../../shared/log.ts';

export const dayMs = 24 * 3_600_000;
/** Without a choice of the host. */
export const usualKeepDays = 180;
/** How often it is looked whether a day has gone: a laptop that slept has missed nothing. */
const lookMs = 3_600_000;

export interface RetentionOptions {
  classroom: Classroom;
  /** The data folder. */
  folder: string;
  days: number;
}

export class Retention {
  readonly #options: RetentionOptions;
  readonly #timer: ReturnType<typeof setInterval>;
  #last: number;

  private constructor(options: RetentionOptions) {
    this.#options = options;
    this.#last = options.classroom.now();
    this.#timer = setInterval(() => void this.#daily(), lookMs);
    this.#timer.unref();
  }

  /** Resolves when what is too old is gone. @throws SandboxError `not-kept` */
  static async start(options: RetentionOptions): Promise<Retention> {
    await deleteOld(options);
    return new Retention(options);
  }

  async #daily(): Promise<void> {
    const now = this.#options.classroom.now();
    if (now - this.#last < dayMs) return;
    this.#last = now;
    try {
      await deleteOld(this.#options);
    } catch (error) {
      // Such as a full disk: it is tried again the next day.
      log.error('retention-failed', error);
    }
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

async function deleteOld({ classroom, folder, days }: RetentionOptions): Promise<void> {
  const n = await classroom.dropOlder(days * dayMs);
  if (n > 0)
    log.info('classes-deleted', `Deleted ${n} of the classes: no sign of anybody for ${days} days.`, { n, days }); // prettier-ignore
  await classroom.dropSaid();
  await deleteCopies(folder, classroom.now() - days * dayMs);
}

/** Databases as they were before an update hold the classes of that time. */
async function deleteCopies(folder: string, before: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^classroom\.sqlite\.version-\d+$/.test(name)) continue;
    const file = join(folder, name);
    if ((await stat(file)).mtimeMs < before) await rm(file, { force: true });
  }
}
