import type { Direction } from '../../../sandbox/protocol/mqtt.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from '../trace/clients.ts';
import { Lane } from './lane.ts';
import { Received } from './received.ts';

/** off: no line yet in this run; gone: there was one. */
export type CableStatus = 'off' | 'connecting' | 'connected' | 'refused' | 'gone';

/** Milliseconds after which a stream's number is drawn again. */
const streamMs = 400;
/** Milliseconds in which a message that came or went is still news. */
const beatMs = 900;
const mostChanges = 12;

/** The connection of one client to the broker, over all its lines of a run. */
export class Cable {
  status: CableStatus = 'off';
  /** The status that the picture shows: it changes when the packets before it have arrived. */
  shown: CableStatus = 'off';
  /** How many messages the picture shows as received: those whose packets have arrived. */
  shownReceived = 0;
  readonly received = new Received();
  #changes: { at: number; status: CableStatus; received: number; isTold: boolean }[] = [];
  /** When the last message was received, in the picture. */
  #beatAt = -Infinity;
  readonly #lanes: Record<Direction, Lane> = { 'to-broker': new Lane(), 'to-client': new Lane() };
  /** The line whose state is shown: the newest. */
  #line = 0;

  /** @param direction of a packet, as the picture has it */
  add(entry: TraceEntry, direction?: Direction): void {
    if (entry.type === 'packet') this.received.add(entry, direction);
    if (entry.type === 'line-closed' && entry.line === this.#line) {
      if (this.status !== 'refused') this.status = 'gone';
      return;
    }
    if (!('line' in entry) || entry.line === undefined || entry.line < this.#line) return;
    if (entry.line > this.#line) {
      this.#line = entry.line;
      this.status = entry.type === 'line-closed' ? 'gone' : 'connecting';
    }
    if (entry.type !== 'packet' || entry.bytes[0]! >> 4 !== 2 || entry.fate === 'dropped') return;
    const packet = readPacket(entry);
    if (packet?.kind === 'CONNACK') {
      this.status = packet.reasonCode === 0 ? 'connected' : 'refused';
    }
  }
  /**
   * Shows the status of now, and what has been received, from a time on, in the caller's clock.
   * @param isTold false for what happened while nobody looked: nothing moves for it
   */
  showFrom(at: number, isTold: boolean): void {
    const { count } = this.received;
    const last = this.#changes.at(-1) ?? { status: this.shown, received: this.shownReceived };
    if (this.status === last.status && count === last.received) return;
    this.#changes.push({ at, status: this.status, received: count, isTold });
    // A client that comes and goes all the time is shown as it is now.
    if (this.#changes.length > mostChanges) this.#changes = this.#changes.slice(-1);
  }
  lane(direction: Direction): Lane {
    return this.#lanes[direction];
  }
  settle(now: number): void {
    for (const lane of Object.values(this.#lanes)) lane.settle(now);
    while (this.#changes[0] && this.#changes[0].at <= now) {
      const { at, status, received, isTold } = this.#changes.shift()!;
      this.shown = status;
      if (isTold && received > this.shownReceived) this.#beatAt = at;
      this.shownReceived = received;
    }
  }
  /**
   * Which message the thing at the end of the cable moves for now: one that it has just received, or
   * that it is sending. Undefined if there is none, or a stream of them.
   */
  beat(now: number): string | undefined {
    const { 'to-broker': sent, 'to-client': got } = this.#lanes;
    if (!got.isStream && now - this.#beatAt < beatMs) return `received ${this.shownReceived}`;
    if (sent.isStream) return undefined;
    const leaving = sent.flights.findLast(({ kind, start }) => kind === 'PUBLISH' && start <= now);
    return leaving && `sent ${leaving.n}`;
  }
  /** Infinity if nothing moves. */
  nextChange(now: number): number {
    let next = this.#changes[0]?.at ?? Infinity;
    for (const { flights, isStream } of Object.values(this.#lanes)) {
      for (const { start, time } of flights) next = Math.min(next, start + time);
      if (isStream) next = Math.min(next, now + streamMs);
    }
    return next;
  }
}
