import type { Direction } from '../../../sandbox/protocol/mqtt.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from '../trace/clients.ts';
import { Lane } from './lane.ts';

/** off: no line yet in this run; gone: there was one. */
export type CableStatus = 'off' | 'connecting' | 'connected' | 'refused' | 'gone';

/** Milliseconds after which a stream's number is drawn again. */
const streamMs = 400;
const mostChanges = 12;

/** The connection of one client to the broker, over all its lines of a run. */
export class Cable {
  status: CableStatus = 'off';
  /** The status that the picture shows: it changes when the packets before it have arrived. */
  shown: CableStatus = 'off';
  #changes: { at: number; status: CableStatus }[] = [];
  readonly #lanes: Record<Direction, Lane> = { 'to-broker': new Lane(), 'to-client': new Lane() };
  /** The line whose state is shown: the newest. */
  #line = 0;

  add(entry: TraceEntry): void {
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
  /** Shows the status of now from a time on, in the caller's clock. */
  showFrom(at: number): void {
    if (this.status === (this.#changes.at(-1)?.status ?? this.shown)) return;
    this.#changes.push({ at, status: this.status });
    // A client that comes and goes all the time is shown as it is now.
    if (this.#changes.length > mostChanges) this.#changes = this.#changes.slice(-1);
  }
  lane(direction: Direction): Lane {
    return this.#lanes[direction];
  }
  settle(now: number): void {
    for (const lane of Object.values(this.#lanes)) lane.settle(now);
    while (this.#changes[0] && this.#changes[0].at <= now) {
      this.shown = this.#changes.shift()!.status;
    }
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
