/**
 * Who of a class is looked at. The server itself tells the learner's pages, before anything of theirs is shown to
 * anybody else: `class/<member>/look`, said again every few seconds, and once more at the end.
 */
import { randomUUID } from 'node:crypto';
import { lookAgainSeconds, lookSeconds, type Look } from '../protocol/class-screen.ts';

interface Looked {
  id: string;
  /** Milliseconds since 1970. */
  since: number;
  /** Connections that look. */
  count: number;
  timer: ReturnType<typeof setInterval>;
}

export interface LooksHost {
  /** Resolves when the class's broker has it. */
  publish(member: string, look: Look, expirySeconds: number): Promise<void>;
  /** Milliseconds since 1970. */
  now(): number;
}

export class Looks {
  readonly #host: LooksHost;
  readonly #looked = new Map<string, Looked>();

  constructor(host: LooksHost) {
    this.#host = host;
  }

  /** Resolves when the member's pages were told. Another look at the same member tells them again, with its beginning. */
  async begin(member: string): Promise<{ close(): void }> {
    let one = this.#looked.get(member);
    if (!one) {
      const timer = setInterval(() => void this.#tell(member).catch(() => {}), lookAgainSeconds * 1_000); // prettier-ignore
      one = { id: randomUUID(), since: this.#host.now(), count: 0, timer };
      this.#looked.set(member, one);
    }
    const mine = one;
    mine.count++;
    let isOver = false;
    const close = (): void => {
      if (isOver) return;
      isOver = true;
      if (--mine.count === 0 && this.#looked.get(member) === mine) this.#end(member, mine);
    };
    try {
      await this.#tell(member);
    } catch (error) {
      close();
      throw error;
    }
    return { close };
  }

  async #tell(member: string): Promise<void> {
    const one = this.#looked.get(member);
    if (!one) return;
    const seconds = Math.max(0, Math.round((this.#host.now() - one.since) / 1_000));
    await this.#host.publish(member, { id: one.id, seconds }, lookSeconds);
  }

  #end(member: string, { id, timer }: Looked): void {
    clearInterval(timer);
    this.#looked.delete(member);
    void this.#host.publish(member, { id, seconds: null }, lookSeconds).catch(() => {});
  }

  /** The member was removed: nobody is told anything any more. */
  forget(member: string): void {
    clearInterval(this.#looked.get(member)?.timer);
    this.#looked.delete(member);
  }

  close(): void {
    for (const member of [...this.#looked.keys()]) this.forget(member);
  }
}
