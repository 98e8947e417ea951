import type { PacketKind } from '../../../sandbox/protocol/mqtt.ts';
import type { Fate, PacketEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from '../trace/clients.ts';
import { Rate } from './rate.ts';
import type { Slot } from './timetable.ts';

/** A packet as the picture names it. */
export interface Label {
  kind: PacketKind | '?';
  /** Of a PUBLISH or a SUBSCRIBE. */
  topic?: string;
  fate: Fate;
}
export interface Flight extends Slot, Label {
  /** The number of the packet's entry. */
  n: number;
}

/** More packets a second than these are a stream. */
const mostPerSecond = 8;
/** A stream ends below this, so that it does not flicker. */
const calmPerSecond = 5;
const mostFlights = 12;

/** One direction of a client's cable. */
export class Lane {
  /** Of this run. */
  count = 0;
  flights: readonly Flight[] = [];
  isStream = false;
  /** The learner's own message, after it has proved something: it stays named until the next packet. */
  own: Label | undefined;
  #last: PacketEntry | undefined;
  #label: Label | undefined;
  readonly #rate = new Rate();

  /** @param isLive false for what happened before somebody looked: it makes no stream */
  add(entry: PacketEntry, now: number, isLive: boolean): void {
    this.count += 1;
    this.own = undefined;
    this.#last = entry;
    this.#label = undefined;
    if (!isLive) return;
    this.#rate.add(now);
    if (this.#rate.perSecond(now) <= mostPerSecond || this.isStream) return;
    this.isStream = true;
    this.flights = this.flights.filter(({ start }) => start <= now);
  }
  fly(slot: Slot): void {
    if (this.#last && this.flights.length < mostFlights) {
      this.flights = [...this.flights, { ...this.last!, ...slot, n: this.#last.n }];
    }
  }
  /** A packet of before once more. @param slot undefined if nothing travels */
  again(entry: PacketEntry, slot: Slot | undefined): void {
    this.own = labelOf(entry);
    if (!slot || this.isStream || this.flights.some(({ n }) => n === entry.n)) return;
    this.flights = [...this.flights, { ...this.own, ...slot, n: entry.n }];
  }
  /** Removes what has arrived, and ends a stream that has run dry. */
  settle(now: number): void {
    if (this.flights.some(({ start, time }) => start + time <= now)) {
      this.flights = this.flights.filter(({ start, time }) => start + time > now);
    }
    if (this.isStream && this.#rate.perSecond(now) < calmPerSecond) this.isStream = false;
  }
  perSecond(now: number): number {
    return this.#rate.perSecond(now);
  }
  /** The newest packet. Its bytes are read when it is first asked for. */
  get last(): Label | undefined {
    this.#label ??= this.#last && labelOf(this.#last);
    return this.#label;
  }
}

/** Longer topics are cut: a cable is short. */
const mostTopic = 60;

export function labelOf(entry: PacketEntry): Label {
  const { fate } = entry;
  const packet = readPacket(entry);
  if (!packet) return { kind: '?', fate };
  const topic =
    packet.kind === 'PUBLISH'
      ? packet.topic
      : packet.kind === 'SUBSCRIBE'
        ? packet.subscriptions[0]?.filter
        : undefined;
  return { kind: packet.kind, fate, ...(topic && { topic: cut(topic) }) };
}
const cut = (text: string) => (text.length > mostTopic ? `${text.slice(0, mostTopic)}…` : text);
