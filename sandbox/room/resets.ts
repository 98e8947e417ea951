/** The resets of a room: one after the other, and one for all that ask while it waits. */
import type { BrokerFiles } from '../protocol/exercise.ts';
import { atOnce, type Turns } from '../shared/turns.ts';

export interface ResetHost {
  /** There was no reset yet. */
  isNew(): boolean;
  reset(files: BrokerFiles | undefined): Promise<void>;
}

export class Resets {
  readonly #host: ResetHost;
  /** The last one that was asked for has ended. */
  #turn: Promise<unknown> = Promise.resolve();
  #first: Promise<void> | undefined;
  /** One that has not begun. */
  #waiting: { files: BrokerFiles | undefined; done: Promise<void> } | undefined;

  constructor(host: ResetHost) {
    this.#host = host;
  }

  /** Resets a new room once; resolves at once if it is not new and none is under way. */
  async first(turns?: Turns): Promise<void> {
    if (!this.#host.isNew()) return this.idle();
    this.#first ??= this.#inTurn(async () => {
      if (this.#host.isNew()) await this.#host.reset(undefined);
    }, turns);
    await this.#first;
  }

  ask(files: BrokerFiles | undefined, turns?: Turns): Promise<void> {
    if (this.#waiting) {
      this.#waiting.files = files;
      return this.#waiting.done;
    }
    const done = this.#inTurn(() => {
      const newest = this.#waiting?.files;
      this.#waiting = undefined;
      return this.#host.reset(newest);
    }, turns);
    this.#waiting = { files, done };
    return done;
  }

  /** Something else that is done to the broker, between resets. */
  async between(work: () => Promise<void>, turns?: Turns): Promise<void> {
    await this.#inTurn(work, turns);
  }

  /** Resolves when no reset is under way or waits. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  #inTurn(reset: () => Promise<void>, turns: Turns = atOnce): Promise<void> {
    const turn = this.#turn.then(() => turns.job(reset));
    this.#turn = turn.catch(() => {});
    return turn;
  }
}
