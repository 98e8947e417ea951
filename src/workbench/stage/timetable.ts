import type { Direction } from '../../../sandbox/protocol/mqtt.ts';

export interface Slot {
  /** Milliseconds of the caller's clock. */
  start: number;
  /** From the moment when it was placed to its start. */
  wait: number;
  /** How long the packet is on its way. */
  time: number;
}

/** Milliseconds that a packet is on its way at speed 1. */
export const calmMs = 600;
const hastyMs = 320;
/** With more than this to show, each packet travels faster. */
const hastyLagMs = 1_200;
/** What would be shown later than this is counted, and not shown on its way. */
const mostLagMs = 3_000;

/**
 * When packets travel in the picture. On the wire a handshake takes a millisecond; in the picture a
 * packet leaves after the one that it responds to has arrived: the order is the real one, the time
 * is stretched.
 */
export class Timetable {
  /** When the broker has received all packets that travel to it. */
  #heard = 0;
  readonly #free = new Map<string, number>();

  /** Undefined if the picture is too far behind the wire. `cable` is one client's. */
  place(cable: string, direction: Direction, now: number, speed = 1): Slot | undefined {
    const lane = `${direction} ${cable}`;
    const cause =
      direction === 'to-client' ? this.#heard : (this.#free.get(`to-client ${cable}`) ?? 0);
    const start = Math.max(now, cause, this.#free.get(lane) ?? 0);
    const lag = start - now;
    if (lag > mostLagMs / speed) return undefined;
    const time = (lag > hastyLagMs / speed ? hastyMs : calmMs) / speed;
    this.#free.set(lane, start + time);
    if (direction === 'to-broker') this.#heard = Math.max(this.#heard, start + time);
    return { start, time, wait: lag };
  }
  /** When everything that travels on a cable has arrived. */
  quiet(cable: string, now: number): number {
    const free = (direction: Direction) => this.#free.get(`${direction} ${cable}`) ?? 0;
    return Math.max(now, free('to-broker'), free('to-client'));
  }
  /** Nothing waits any more: a stream is shown instead, or another run has begun. */
  clear(): void {
    this.#heard = 0;
    this.#free.clear();
  }
}
