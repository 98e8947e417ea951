/**
 * The browsers that are the teacher's. Each has opened the teacher's link, and got a token of its own for it: it
 * expires, and can be ended. The store has a hash of it only, made with the secret of the link: with another
 * secret no session of the former one is found.
 */
import { createHmac } from 'node:crypto';
import type { SessionRow, Store } from '../store/store.ts';
import { log } from '../shared/log.ts';
import { SandboxError } from '../shared/errors.ts';
import { isSame, secret } from './codes.ts';

/** For so long a browser is the teacher's without the link. */
export const sessionDays = 180;
const sessionMs = sessionDays * 24 * 3_600_000;
/** Browsers at once; the oldest is signed out. */
const mostSessions = 50;

interface Session {
  row: SessionRow;
  /** Called once, when it ends. */
  ended: Set<() => void>;
}

export interface TeacherSessionsOptions {
  store: Pick<Store, 'sessions' | 'write'>;
  /** Of the teacher's link. */
  linkSecret: string;
  /** Milliseconds since 1970. */
  now(): number;
}

export class TeacherSessions {
  readonly #options: TeacherSessionsOptions;
  readonly #sessions = new Map<string, Session>();

  static async open(options: TeacherSessionsOptions): Promise<TeacherSessions> {
    return new TeacherSessions(options, await options.store.sessions());
  }

  private constructor(options: TeacherSessionsOptions, rows: readonly SessionRow[]) {
    this.#options = options;
    for (const row of rows) this.#sessions.set(row.hash, { row, ended: new Set() });
  }

  #hashOf(token: string): string {
    return createHmac('sha256', this.#options.linkSecret).update(token).digest('hex');
  }

  /** Takes the same time whatever the token is. */
  #find(token: string): Session | null {
    const hash = this.#hashOf(token);
    let found: Session | null = null;
    for (const one of this.#sessions.values()) if (isSame(one.row.hash, hash)) found = one;
    return found && found.row.until > this.#options.now() ? found : null;
  }

  isOpen(token: string): boolean {
    return this.#find(token) !== null;
  }

  /** How many browsers are the teacher's. */
  get count(): number {
    const now = this.#options.now();
    return [...this.#sessions.values()].filter(({ row }) => row.until > now).length;
  }

  /** @returns the token of a new session, of 192 bits: the only place where it is told */
  async begin(): Promise<string> {
    const token = secret();
    const now = this.#options.now();
    const row: SessionRow = { hash: this.#hashOf(token), until: now + sessionMs };
    const old = [...this.#sessions.values()].filter((one) => one.row.until <= now);
    // Sessions are in the order in which they began.
    const kept = [...this.#sessions.values()].filter((one) => one.row.until > now);
    const gone = [...old, ...kept.slice(0, Math.max(0, kept.length - mostSessions + 1))];
    this.#sessions.set(row.hash, { row, ended: new Set() });
    this.#forget(gone);
    const drops = gone.map((one) => ({ drop: 'session', hash: one.row.hash }) as const);
    // With a full disk the teacher gets in all the same, until the server is started again.
    await this.#options.store
      .write([{ put: 'session', row }, ...drops])
      .catch((error: unknown) => log.error('not-stored', error));
    return token;
  }

  /** @throws SandboxError `not-kept`: then it is still open */
  async end(token: string): Promise<void> {
    const found = this.#find(token);
    if (found) await this.#end([found]);
  }

  /** Every browser has to open the link again. @throws SandboxError `not-kept`: then none is ended */
  async endAll(): Promise<void> {
    await this.#end([...this.#sessions.values()]);
  }

  async #end(some: readonly Session[]): Promise<void> {
    try {
      await this.#options.store.write(
        some.map(({ row }) => ({ drop: 'session', hash: row.hash }) as const),
      );
    } catch (error) {
      log.error('not-stored', error);
      throw new SandboxError('not-kept');
    }
    this.#forget(some);
  }

  #forget(some: readonly Session[]): void {
    for (const { row, ended } of some) {
      this.#sessions.delete(row.hash);
      for (const tell of ended) tell();
    }
  }

  /** `ended` is called when the session of the token ends; at once if it has. */
  whenEnded(token: string, ended: () => void): { close(): void } {
    const found = this.#find(token);
    if (!found) ended();
    else found.ended.add(ended);
    return { close: () => void found?.ended.delete(ended) };
  }
}
