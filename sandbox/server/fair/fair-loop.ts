/**
 * The event loop as what connections share. What each piece of work takes is metered and charged to
 * its connection, room and network address. While all work of a turn of the loop fits into one
 * slice, it runs where it stands; what comes then waits, and runs in fair order, a slice a turn,
 * with I/O in between.
 */
import type { Turns } from '../../shared/turns.ts';
import { FairQueue, Flow } from './fair-queue.ts';
import { Payers, type Payer } from './payers.ts';

/** The clock and the loop; a test has its own. Milliseconds. */
export interface LoopHost {
  now(): number;
  /** Runs `work` after I/O was looked at. */
  soon(work: () => void): void;
  after(ms: number, work: () => void): void;
}

/** A connection's turns, as listeners have them. */
export interface ConnectionTurns extends Turns {
  /** Resolves at its turn, for work that nobody can meter: it is charged so many microseconds. */
  pay(us: number): Promise<void>;
}

type Work = () => void;
type Job = () => Promise<void>;

/** Who has used little may be so far ahead of those who wait; microseconds. */
const creditUs = 20_000;
/** Jobs under way at a time. */
const mostJobs = 1;
/** A job that takes longer, because it waits for somebody, makes place for the next one and goes on. */
const jobMs = 50;

const node: LoopHost = {
  now: () => performance.now(),
  soon: (work) => void setImmediate(work),
  after: (ms, work) => void setTimeout(work, ms).unref(),
};

export class FairLoop {
  readonly #host: LoopHost;
  readonly #sliceMs: number;
  readonly #queue = new FairQueue<Work>(creditUs);
  readonly #jobs = new FairQueue<Job>(creditUs);
  readonly #payers = new Payers(this.#queue.root, this.#jobs.root);
  /** Milliseconds of this turn of the loop that metered work has used. */
  #spent = 0;
  /** All that was ever metered. */
  #metered = 0;
  #running = false;
  /** Milliseconds that the running work has paid for what it starts. */
  #advance = 0;
  #sliceEnd = 0;
  #soon = false;
  #underWay = 0;

  constructor(sliceMs: number, host: LoopHost = node) {
    this.#sliceMs = sliceMs;
    this.#host = host;
  }

  /** Pieces of work that wait. */
  get waiting(): number {
    return this.#queue.size;
  }

  get addresses(): number {
    return this.#payers.size;
  }

  /** A connection's turns. @param room a room's code, or what else its address does */
  turnsOf(remote: string, room: string): ConnectionTurns {
    const loop = this;
    const party = new Party(this.#payers, remote, room);
    return {
      run(work) {
        if (loop.#running) work();
        else if (loop.#queue.size === 0 && loop.#spent < loop.#sliceMs) loop.#runNow(party, work);
        else this.later(work);
      },
      later(work) {
        loop.#queue.put(party.join().work, work);
        loop.#turnSoon();
      },
      get over() {
        return loop.#host.now() >= loop.#sliceEnd;
      },
      pay(us) {
        return new Promise((resolve) =>
          this.run(() => {
            loop.#advance += us / 1000;
            resolve();
          }),
        );
      },
      job(work) {
        return new Promise((resolve, reject) => {
          loop.#jobs.put(party.join().jobs, () => work().then(resolve, reject));
          loop.#startJobs();
        });
      },
    };
  }

  #runNow(party: Party, work: Work): void {
    const { work: flow } = party.join();
    this.#queue.serve(flow);
    this.#meter(flow, work);
    this.#turnSoon();
  }

  #meter(flow: Flow<Work>, work: Work): void {
    const started = this.#host.now();
    this.#running = true;
    this.#sliceEnd = started + this.#sliceMs - this.#spent;
    try {
      work();
    } finally {
      this.#running = false;
      const now = this.#host.now();
      const ms = now - started + this.#advance;
      this.#advance = 0;
      this.#spent += ms;
      this.#metered += ms;
      this.#queue.charge(flow, ms * 1000);
      (flow as PartyFlow<Work>).paid(ms * 1000, now);
    }
  }

  #turnSoon(): void {
    if (this.#soon) return;
    this.#soon = true;
    this.#host.soon(this.#turn);
  }

  readonly #turn = (): void => {
    this.#soon = false;
    this.#spent = 0;
    this.#payers.sweep(this.#host.now());
    try {
      do {
        const next = this.#queue.take();
        if (!next) break;
        this.#meter(next.flow, next.item);
      } while (this.#spent < this.#sliceMs);
    } finally {
      // The next turn begins with a whole slice for what I/O brings, unless somebody still waits.
      this.#spent = 0;
      if (this.#queue.size > 0) this.#turnSoon();
    }
  };

  #startJobs(): void {
    while (this.#underWay < mostJobs) {
      const next = this.#jobs.take();
      if (!next) return;
      this.#underWay++;
      this.#start(next.flow, next.item);
    }
  }

  /** What it takes: all that passes meanwhile and was not metered for others. */
  #start(flow: Flow<Job>, job: Job): void {
    const started = this.#host.now();
    const metered = this.#metered;
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      const now = this.#host.now();
      const us = Math.max(0, now - started - (this.#metered - metered)) * 1000;
      this.#jobs.charge(flow, us);
      (flow as PartyFlow<Job>).paid(us, now);
      // A job may wait for nothing but promises: I/O comes before the next one.
      this.#host.soon(() => {
        this.#underWay--;
        this.#startJobs();
      });
    };
    this.#host.after(jobMs, end);
    void job().finally(end);
  }
}

/** A connection's place below its room. */
class PartyFlow<T> extends Flow<T> {
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

class Party {
  readonly #payers: Payers<Work, Job>;
  readonly #remote: string;
  readonly #code: string;
  /** How many had been forgotten when the flows were last looked up. */
  #joined = -1;
  #room: Payer<Work, Job> | undefined;
  #flows!: { work: PartyFlow<Work>; jobs: PartyFlow<Job> };

  constructor(payers: Payers<Work, Job>, remote: string, code: string) {
    this.#payers = payers;
    this.#remote = remote;
    this.#code = code;
  }

  /** Its flows, below those that its room and address have now: who was idle is forgotten. */
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
