/** A learner's page while it waits for the teacher's yes: asks every few seconds, also after a reload. */
import type { MemberResponse } from '../../../sandbox/protocol/classroom.ts';
import { ClassError } from '../class-api.ts';

/** What the learner asked for. */
export type Wish = { code: string; name: string } | { code: string; pick: string };

export interface WaitingHost {
  /** Null while there is no answer. @throws ClassError */
  ask(ticket: string, isLeaving?: boolean): Promise<MemberResponse | null>;
  /** Joins anew: the server was started again, and does not know who waits. */
  enter(wish: Wish): void;
  admitted(member: MemberResponse): void;
  /** @param error a key of `class.error.<key>` */
  refused(error: string): void;
}

const askMs = 2_000;
const key = 'retained:waiting';
/** After them the same may go well. */
const passing = new Set(['unreachable', 'not-kept', 'internal', 'too-many-requests']);

export class Waiting {
  readonly #host: WaitingHost;
  #now: { wish: Wish; ticket: string } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: WaitingHost) {
    this.#host = host;
  }

  begin(wish: Wish, ticket: string): void {
    this.#now = { wish, ticket };
    keep(JSON.stringify(this.#now));
    this.#later();
  }

  /** Goes on with what this tab waited for before it was loaded again. */
  resume(): boolean {
    const before = kept();
    if (!before) return false;
    this.#now = before;
    void this.#ask();
    return true;
  }

  /** The teacher no longer sees the name. */
  stop(): void {
    const ticket = this.#end();
    if (ticket !== undefined) void this.#host.ask(ticket, true).catch(() => {});
  }

  #end(): string | undefined {
    const ticket = this.#now?.ticket;
    clearTimeout(this.#timer);
    this.#now = undefined;
    keep('');
    return ticket;
  }

  #later(): void {
    clearTimeout(this.#timer);
    // Not all at the same moment.
    this.#timer = setTimeout(() => void this.#ask(), askMs * (0.75 + Math.random() / 2));
  }

  async #ask(): Promise<void> {
    const now = this.#now;
    if (!now) return;
    try {
      const member = await this.#host.ask(now.ticket);
      if (this.#now !== now) return;
      if (!member) return this.#later();
      this.#end();
      this.#host.admitted(member);
    } catch (error) {
      if (this.#now !== now) return;
      const reason = error instanceof ClassError ? error.key : 'unreachable';
      if (passing.has(reason)) return this.#later();
      this.#end();
      if (reason === 'no-ticket') this.#host.enter(now.wish);
      else this.#host.refused(reason);
    }
  }
}

function keep(text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // After a reload the learner joins again.
  }
}

function kept(): { wish: Wish; ticket: string } | null {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? 'null') as {
      wish: Wish;
      ticket: string;
    } | null;
  } catch {
    return null;
  }
}
