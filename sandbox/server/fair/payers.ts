/**
 * Who is charged for work: network addresses, and the rooms that they use. The share of an
 * address grows with its rooms in normal use: a class is not one greedy client.
 * An address that uses little has the largest share, however many rooms others have.
 */
import { Flow } from './fair-queue.ts';

/** One level of the tree in both queues: short work, and jobs of many turns. */
export class Payer<W, J> {
  readonly work: Flow<W>;
  readonly jobs: Flow<J>;
  /** Microseconds of recent use: halved each second. */
  spent = 0;
  usedAt = 0;

  constructor(work: Flow<W>, jobs: Flow<J>) {
    this.work = new Flow(work);
    this.jobs = new Flow(jobs);
  }
}

export class AddressPayer<W, J> extends Payer<W, J> {
  readonly rooms = new Map<string, Payer<W, J>>();

  constructor(work: Flow<W>, jobs: Flow<J>) {
    super(work, jobs);
    this.weight = mostWeight;
  }

  /** The room's level below this address. */
  room(code: string): Payer<W, J> {
    let room = this.rooms.get(code);
    if (!room) this.rooms.set(code, (room = new Payer(this.work, this.jobs)));
    return room;
  }

  set weight(weight: number) {
    this.work.weight = this.jobs.weight = weight;
  }
}

/** A room that uses more of the loop than this does not add to its address's share; µs a second. */
const normalUse = 20_000;
/** An address that uses less of the loop than this has the largest weight; µs a second. */
const lightUse = 100_000;
/** The largest weight of an address, however many rooms it uses. */
const mostWeight = 100;
/** An idle payer is forgotten after this time; milliseconds. */
const idleMs = 10_000;
const sweepMs = 1000;

export class Payers<W, J> {
  readonly #addresses = new Map<string, AddressPayer<W, J>>();
  readonly #work: Flow<W>;
  readonly #jobs: Flow<J>;
  #sweptAt = 0;
  /** How many rooms and addresses have been forgotten so far: a connection may have to join anew. */
  forgotten = 0;

  constructor(work: Flow<W>, jobs: Flow<J>) {
    this.#work = work;
    this.#jobs = jobs;
  }

  get size(): number {
    return this.#addresses.size;
  }

  address(remote: string): AddressPayer<W, J> {
    let address = this.#addresses.get(remote);
    if (!address) this.#addresses.set(remote, (address = new AddressPayer(this.#work, this.#jobs)));
    return address;
  }

  /** Updates weights and forgets idle payers, at most once a second. */
  sweep(now: number): void {
    if (now - this.#sweptAt < sweepMs) return;
    this.#sweptAt = now;
    for (const [remote, address] of this.#addresses) {
      let normal = 0;
      for (const [code, room] of address.rooms) {
        // A sum that is halved each second converges to twice the use of one second.
        if (room.spent > 0 && room.spent <= normalUse * 2) normal++;
        room.spent = halved(room.spent);
        if (now - room.usedAt <= idleMs || !isIdle(room)) continue;
        address.rooms.delete(code);
        this.forgotten++;
      }
      // Rooms that are used a little are cheap to have: they buy nothing from who uses little.
      const isLight = address.spent <= lightUse * 2;
      address.spent = halved(address.spent);
      address.weight = isLight ? mostWeight : Math.min(Math.max(normal, 1), mostWeight);
      if (address.rooms.size === 0 && isIdle(address)) this.#addresses.delete(remote);
    }
  }
}

const halved = (us: number): number => (us < 1 ? 0 : us / 2);

const isIdle = <W, J>({ work, jobs }: Payer<W, J>): boolean =>
  work.waiting.size === 0 && jobs.waiting.size === 0;
