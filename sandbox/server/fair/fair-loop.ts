/**
 * Shares the event loop among connections. The time of each piece of work is measured and charged to
 * its connection, room and network address. While the work of one turn of the loop fits into a
 * slice, it runs at once. Other work waits and runs in fair order, one slice a turn,
 * with I/O in between.
 */
import { endTick } from '../../shared/end-of-tick.ts';
import type { Turns } from '../../shared/turns.ts';
import { FairQueue, type Flow } from './fair-queue.ts';
import { Party, type Job, type PartyFlow, type Work } from './party.ts';
import { Payers } from './payers.ts';

/** The clock, in milliseconds, and the loop; tests have their own. */
export interface LoopHost {
  now(): number;
  /** Runs `work` after I/O was polled. */
  soon(work: () => void): void;
  after(ms: number, work: () => void): void;
  /** Runs `work` once all ticks and microtasks of this turn have run. */
  atTail(work: () => void): void;
}

/** The turns of one connection, for listeners. */
export interface ConnectionTurns extends Turns {
  /** Resolves at its turn, for work that cannot be measured: it is charged `us` microseconds. */
  pay(us: number): Promise<void>;
}

/** Jobs under way at a time. */
const mostJobs = 1;
/** The least part of a slice that is filled with work, however much this work defers. */
const leastShare = 0.1;
/** A job that takes longer, because it waits, lets the next job start and continues. Milliseconds. */
const jobMs = 50;

const node: LoopHost = {
  now: () => performance.now(),
  soon: (work) => void setImmediate(work),
  after: (ms, work) => void setTimeout(work, ms).unref(),
  atTail: (work) => queueMicrotask(() => process.nextTick(work)),
};

export class FairLoop {
  readonly #host: LoopHost;
  readonly #sliceMs: number;
  readonly #queue = new FairQueue<Work>();
  readonly #jobs = new FairQueue<Job>();
  readonly #payers = new Payers(this.#queue.root, this.#jobs.root);
  /** Milliseconds of measured work in this turn of the loop. */
  #spent = 0;
  /** Milliseconds of all measured work so far. */
  #metered = 0;
  #running = false;
  /** Milliseconds that the current work pays in advance for what it starts. */
  #advance = 0;
  #sliceEnd = 0;
  /**
   * The measured part of a turn's time. The rest is spent by what its work defers to ticks and
   * microtasks: streams that end, promises, writes. As much of a slice is left free for it.
   */
  #share = 1;
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

  /** Milliseconds of measured work in a turn. */
  get #slice(): number {
    return this.#sliceMs * this.#share;
  }

  get addresses(): number {
    return this.#payers.size;
  }

  /** The turns of a connection. @param room a room's code, or a name for other work of the address */
  turnsOf(remote: string, room: string): ConnectionTurns {
    const loop = this;
    const party = new Party(this.#payers, remote, room);
    return {
      run(work) {
        if (loop.#running) work();
        else if (loop.#queue.size === 0 && loop.#spent < loop.#slice) loop.#runNow(party, work);
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
        return new Promise((resolve) => {
          const paid = (): void => {
            loop.#advance += us / 1000;
            resolve();
          };
          // Not within the work of another flow, which would pay for it.
          if (loop.#running) this.later(paid);
          else this.run(paid);
        });
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
    this.#sliceEnd = started + this.#slice - this.#spent;
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
      } while (this.#spent < this.#slice);
    } finally {
      this.#weighTail(this.#spent);
      // The next turn begins with a whole slice for new I/O, unless work still waits.
      this.#spent = 0;
      if (this.#queue.size > 0) this.#turnSoon();
      // Behind the microtasks of this turn: its packets are written before I/O is polled.
      queueMicrotask(endTick);
    }
  };

  /** Learns how much of a turn is not measured, from one that has just spent `spent` ms. */
  #weighTail(spent: number): void {
    if (spent <= 0) return;
    const ended = this.#host.now();
    this.#host.atTail(() => {
      const seen = spent / (spent + this.#host.now() - ended);
      this.#share = Math.max(leastShare, (this.#share + seen) / 2);
    });
  }

  #startJobs(): void {
    while (this.#underWay < mostJobs) {
      const next = this.#jobs.take();
      if (!next) return;
      this.#underWay++;
      this.#start(next.flow, next.item);
    }
  }

  /** Starts a job, and charges its elapsed time without the work that was charged meanwhile. */
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
      // A job may have awaited promises only, without any I/O: poll I/O before the next job.
      this.#host.soon(() => {
        this.#underWay--;
        this.#startJobs();
      });
    };
    this.#host.after(jobMs, end);
    void job().finally(end);
  }
}
