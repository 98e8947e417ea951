/** Taking the lock on the classes, keeping it, and knowing when it is lost. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, QueryResult } from 'pg';
import { migrate, judge } from './postgres-schema.ts';
import { begin, connectTo, cut, endFormer, endSilent, lastHeard, lastHolding, tryLock, type Holding } from './postgres-session.ts'; // prettier-ignore
import { isAnswer, mayPass, understood } from './postgres-trouble.ts';
import { placeOf } from './postgres-url.ts';
import { StoreError } from './store.ts';

/** A holder that PostgreSQL has not heard of for so long has the classes no more. It is heard each second. */
export const usualSilentMs = 10_000;
const beatMs = 1_000;
const pollMs = 500;
/** After a time without PostgreSQL whoever had the classes comes first: it has all in memory, and its rooms go on. */
const precedenceMs = 3 * pollMs;

export interface HoldOptions {
  /** What to do while another process holds the classes, or PostgreSQL is not there. */
  whenHeld: 'refuse' | 'wait';
  /** Ends the waiting: the promise is rejected. */
  signal?: AbortSignal;
  /** It waits; called once. `null`: another process holds the classes. */
  waits?: (trouble: StoreError | null) => void;
  /** The connection is cut: nothing can be stored, and another process may take the classes. */
  lost?: () => void;
  /** It is there again, and nobody else has had the classes meanwhile. */
  regained?: () => void;
  /** Another process has had the classes: what this one has in memory is old. */
  taken?: () => void;
  silentMs?: number;
}

interface Moment {
  /** Goes on while the process is frozen, and jumps with nobody's clock. */
  running: number;
  /** Goes on while the machine sleeps. */
  clock: number;
}
const moment = (): Moment => ({ running: performance.now(), clock: Date.now() });

export class Hold {
  readonly #url: string;
  readonly #options: HoldOptions;
  readonly #silentMs: number;
  readonly #ending = new AbortController();
  #client: Client;
  #holding: Holding;
  #beat: ReturnType<typeof setInterval> | undefined;
  /** When the last question was sent that PostgreSQL has answered. */
  #heard: Moment = moment();
  state: 'held' | 'lost' | 'taken' | 'closed' = 'held';

  /** @throws StoreError */
  static async take(url: string, options: HoldOptions): Promise<Hold> {
    const { signal, silentMs = usualSilentMs } = options;
    const place = placeOf(url);
    let waits = false;
    const wait = async (trouble: StoreError | null): Promise<void> => {
      if (!waits && options.whenHeld === 'wait') options.waits?.(trouble);
      waits = true;
      await sleep(pollMs, undefined, { signal });
    };
    let wasAway = false;
    let heard: number | null = null;
    /** A holder that is alive speaks each second; one that has died on another machine is silent. */
    const refuseIfAlive = async (client: Client): Promise<void> => {
      const before = heard;
      heard = await lastHeard(client);
      if (before !== null && heard !== null && heard > before)
        throw new StoreError('in-use', `Another server uses the database ${place}. End it, or give each server of this course a number: --process <number>`); // prettier-ignore
    };
    for (;;) {
      let client: Client | undefined;
      try {
        client = await connectTo(url, silentMs);
        if (wasAway) await sleep(precedenceMs, undefined, { signal });
        wasAway = false;
        while (!(await tryLock(client))) {
          // A newer version's data is refused at once.
          await judge(client, place);
          if (options.whenHeld === 'refuse') await refuseIfAlive(client);
          await endSilent(client, silentMs);
          await wait(null);
        }
        await migrate(client, place);
        return new Hold(url, options, client, await begin(client));
      } catch (error) {
        if (client) cut(client);
        if (signal?.aborted || options.whenHeld === 'refuse' || !mayPass(error)) throw understood(error, place); // prettier-ignore
        wasAway = true;
        await wait(understood(error, place));
      }
    }
  }

  private constructor(url: string, options: HoldOptions, client: Client, holding: Holding) {
    this.#url = url;
    this.#options = options;
    this.#silentMs = options.silentMs ?? usualSilentMs;
    this.#client = client;
    this.#holding = holding;
    this.#listen();
  }

  /** @throws Error, as PostgreSQL's client does */
  async ask(text: string, values?: unknown[]): Promise<QueryResult<Record<string, unknown>>> {
    const at = moment();
    const result = await this.#client.query<Record<string, unknown>>(text, values);
    this.#heard = at;
    return result;
  }

  /** For so many milliseconds nothing is known of PostgreSQL. Nobody else has had the classes for longer than that. */
  get silentFor(): number {
    const { running, clock } = moment();
    return Math.max(running - this.#heard.running, clock - this.#heard.clock);
  }

  get epoch(): number {
    return this.#holding.epoch;
  }

  #listen(): void {
    const client = this.#client;
    const gone = (): void => {
      if (this.#client === client) void this.lose();
    };
    client.once('error', gone);
    client.once('end', gone);
    const beat = (): void =>
      void this.ask('SELECT').catch((error: unknown) => isAnswer(error) || gone());
    this.#beat = setInterval(beat, beatMs);
  }

  /** Once a query had no answer: who knows what the connection does. */
  async lose(): Promise<void> {
    if (this.state !== 'held') return;
    this.state = 'lost';
    clearInterval(this.#beat);
    cut(this.#client);
    this.#options.lost?.();
    const { signal } = this.#ending;
    while (this.state === 'lost') {
      try {
        await this.#regain();
      } catch {
        // PostgreSQL is not there yet.
      }
      if (this.state === 'lost') await sleep(pollMs, undefined, { signal }).catch(() => {});
    }
  }

  async #regain(): Promise<void> {
    const at = moment();
    const client = await connectTo(this.#url, this.#silentMs);
    try {
      const isMine = await tryLock(client);
      const last = await lastHolding(client);
      if (this.state !== 'lost') return cut(client);
      if (last.epoch !== this.#holding.epoch) {
        cut(client);
        this.state = 'taken';
        this.#options.taken?.();
        return;
      }
      if (!isMine) {
        await endFormer(client, this.#holding.pid);
        return cut(client);
      }
      this.#heard = at;
      this.#holding = last;
      this.#client = client;
      this.state = 'held';
      this.#listen();
      this.#options.regained?.();
    } catch (error) {
      cut(client);
      throw error;
    }
  }

  /** The number of the transaction that was stored last, of those of this holder. */
  get lastBatch(): number {
    return this.#holding.batch;
  }

  /** Another process may take the classes from now on. */
  async close(): Promise<void> {
    const wasHeld = this.state === 'held';
    this.state = 'closed';
    this.#ending.abort();
    clearInterval(this.#beat);
    if (wasHeld) await this.#client.end().catch(() => {});
    cut(this.#client);
  }
}
