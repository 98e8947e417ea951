/**
 * Classes in a database that several processes share: one has them, the others wait until it is gone. While this one
 * waits, a request for a class is told to come again: the proxy knows by `/healthz/classes` who has them.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '../../shared/log.ts';
import { usualSilentMs } from '../../store/postgres-hold.ts';
import { openPostgresStore, type PostgresStore } from '../../store/postgres.ts';
import type { StoreError } from '../../store/store.ts';
import { classesElsewhere, classesUnsure, classSocketsElsewhere, classSocketsUnsure } from './elsewhere.ts'; // prettier-ignore
import type { ClassroomSettings, OpenClassroom } from './open-classroom.ts';
import { shortAddresses } from './redirects.ts';
import { serveClasses } from './serve-classes.ts';
import { keepTeacherSecret, secretForm, teacherSecret } from './teacher-secret.ts';

export interface SharedSettings extends ClassroomSettings {
  data: string;
  database: string;
}

/**
 * A database that is started again sends nobody away. After that time nothing of a class is told to anybody: half of what
 * another process waits for before it takes the classes over. So a process that was frozen tells nothing old.
 */
const sureMs = usualSilentMs / 2;
const elsewhere =
  'Another process of this course has its classes; this one takes over if that one ends.';

/** @throws StoreError if the database can't be used; not if another process has the classes */
export async function sharedClassroom(settings: SharedSettings): Promise<OpenClassroom> {
  const shared = new SharedClassroom(settings);
  await shared.begin();
  return shared;
}

class SharedClassroom implements OpenClassroom {
  readonly mayHold = true;
  readonly #settings: SharedSettings;
  readonly #ending = new AbortController();
  #open: OpenClassroom | null = null;
  #store: PostgresStore | null = null;
  #run: Promise<void> = Promise.resolve();
  #why = elsewhere;
  readonly handlers: OpenClassroom['handlers'];

  constructor(settings: SharedSettings) {
    this.#settings = settings;
    this.handlers = [
      shortAddresses(settings.context.site),
      (request, response, next) => this.#handle(request, response, next),
    ];
  }

  get #sure(): OpenClassroom | null {
    return this.holds() ? this.#open : null;
  }
  get secret(): string | null {
    return this.#open?.secret ?? null;
  }
  get why(): string {
    return this.#open ? '' : this.#why;
  }
  get copyTo(): OpenClassroom['copyTo'] {
    return this.#open?.copyTo ?? null;
  }
  readonly counts: OpenClassroom['counts'] = () => this.#open?.counts() ?? null;
  readonly isTeacher = (request: IncomingMessage): boolean =>
    this.#sure?.isTeacher(request) ?? false;
  readonly holds = (): boolean =>
    this.#open !== null && this.#store !== null && this.#store.silentFor < sureMs;

  readonly sockets: OpenClassroom['sockets'] = {
    upgrade: (...asked) =>
      (this.#sure?.sockets ?? (this.#open ? classSocketsUnsure : classSocketsElsewhere)).upgrade(
        ...asked,
      ),
    // `close` does it.
    close: () => {},
  };

  #handle(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    const handlers = this.#sure?.handlers ?? [this.#open ? classesUnsure : classesElsewhere];
    const run = (index: number): void => {
      const handler = handlers[index];
      if (handler) handler(request, response, () => run(index + 1));
      else next();
    };
    run(0);
  }

  /** Resolves when it has the classes, or waits. @throws StoreError */
  begin(): Promise<void> {
    return new Promise((resolve, reject) => {
      let isKnown = false;
      const known = (): void => {
        isKnown = true;
        resolve();
      };
      this.#run = this.#hold(known).catch((error: unknown) => {
        if (this.#ending.signal.aborted) return;
        if (!isKnown) return reject(error as Error);
        // Such as a database of a newer version, or one that is damaged: the host has to know.
        setImmediate(() => {
          throw error;
        });
      });
    });
  }

  async #hold(known: () => void): Promise<void> {
    const { process, database } = this.#settings;
    const { signal } = this.#ending;
    while (!signal.aborted) {
      const taken = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => taken.resolve(), { once: true });
      const store = await openPostgresStore(database, {
        whenHeld: process === undefined ? 'refuse' : 'wait',
        signal,
        waits: (trouble) => {
          this.#waits(trouble);
          known();
        },
        lost: () => log.warn('database-lost', 'The connection to the database is cut: nothing is kept until it is there again.'), // prettier-ignore
        regained: () => log.info('database-regained', 'The database is there again, and this process still has the classes.'), // prettier-ignore
        taken: () => taken.resolve(),
      });
      const open = await this.#serve(store);
      if (!open) continue;
      if (signal.aborted) return open.close();
      this.#open = open;
      this.#store = store;
      log.info('classes-held', 'This process has the classes of the course.');
      known();
      await taken.promise;
      this.#open = null;
      if (!signal.aborted) log.warn('classes-taken', 'Another process has taken the classes over: this one closes its own, and waits.'); // prettier-ignore
      await open.close();
    }
  }

  /** Null if the database was lost before all was read. @throws StoreError */
  async #serve(store: PostgresStore): Promise<OpenClassroom | null> {
    try {
      return await serveClasses(store, { ...this.#settings, ...this.#papers(store) });
    } catch (error) {
      const wasHeld = store.isHeld;
      await store.close();
      if (wasHeld) throw error;
      return null;
    }
  }

  #waits(trouble: StoreError | null): void {
    this.#why = trouble ? `No classes yet: ${trouble.message}` : elsewhere;
    if (trouble) log.warn('database-missing', trouble.message);
    else log.info('classes-elsewhere', elsewhere);
  }

  /** What is in files of the data folder with SQLite: every process has to know the same. */
  #papers(store: PostgresStore) {
    const { data } = this.#settings;
    return {
      paper: {
        read: async () => (await store.paper('retention')) ?? '',
        write: (text: string) => store.keepPaper('retention', text),
      },
      async secret(): Promise<string> {
        const known = await store.paper('teacher-secret');
        if (known !== null && secretForm.test(known)) {
          await keepTeacherSecret(data, known);
          return known;
        }
        // The first holder's own: a course that had SQLite keeps its link.
        const own = await teacherSecret(data);
        await store.keepPaper('teacher-secret', own);
        return own;
      },
    };
  }

  async close(): Promise<void> {
    this.#ending.abort();
    await this.#run;
  }
}
