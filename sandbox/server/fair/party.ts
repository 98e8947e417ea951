/** One connection among those that share the event loop: what it uses is charged to it, its room and its address. */
import { Flow } from './fair-queue.ts';
import type { Payer, Payers } from './payers.ts';

/** A short piece of work. */
export type Work = () => void;
/** Work of many turns. */
export type Job = () => Promise<void>;

/** A connection's place below its room. */
export class PartyFlow<T> extends Flow<T> {
  readonly #payers: readonly Payer<Work, Job>[];

  constructor(parent: Flow<T>, payers: readonly Payer<Work, Job>[]) {
    super(parent);
    this.#payers = payers;
  }

  paid(us: number, now: number): void {
    for (const payer of this.#payers) {
      payer.spent += us;
      payer.usedAt = now;
    }
  }
}

/** A connection, and its flows in both queues. */
export class Party {
  readonly #payers: Payers<Work, Job>;
  readonly #remote: string;
  readonly #code: string;
  /** The count of forgotten payers when the flows were last looked up. */
  #joined = -1;
  #room: Payer<Work, Job> | undefined;
  #flows!: { work: PartyFlow<Work>; jobs: PartyFlow<Job> };

  constructor(payers: Payers<Work, Job>, remote: string, code: string) {
    this.#payers = payers;
    this.#remote = remote;
    this.#code = code;
  }

  /** Its flows, below the present ones of its room and address: idle ones are forgotten. */
  join(): { work: PartyFlow<Work>; jobs: PartyFlow<Job> } {
    const { forgotten } = this.#payers;
    if (this.#joined === forgotten) return this.#flows;
    this.#joined = forgotten;
    const address = this.#payers.address(this.#remote);
    const room = address.room(this.#code);
    if (room === this.#room) return this.#flows;
    this.#room = room;
    const payers = [address, room];
    this.#flows = {
      work: new PartyFlow(room.work, payers),
      jobs: new PartyFlow(room.jobs, payers),
    };
    return this.#flows;
  }
}
