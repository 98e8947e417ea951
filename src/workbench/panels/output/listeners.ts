/** Who listens to what, and how much it has received: from the trace alone. */
import type { PacketEntry, TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { readPacket } from '../../trace/clients.ts';
import { arrived } from '../../trace/topic-aliases.ts';

/** Reason codes from here on refuse a subscription. */
const REFUSED = 0x80;

interface OneLine {
  filters: Set<string>;
  /** Filters of a SUBSCRIBE or an UNSUBSCRIBE by its packet identifier, until the broker answers. */
  asked: Map<number, readonly string[]>;
  received: number;
}

export class Listeners {
  /** By the number of the line. */
  readonly #lines = new Map<number, OneLine>();

  /** The lines that the trace has named so far, in order. */
  get lines(): readonly number[] {
    return [...this.#lines.keys()];
  }
  /** Filters that the broker has granted this line and that it has not given up. */
  filtersOf(line: number): readonly string[] {
    return [...(this.#lines.get(line)?.filters ?? [])];
  }
  /** PUBLISH packets that have reached this line. */
  receivedBy(line: number): number {
    return this.#lines.get(line)?.received ?? 0;
  }
  clear(): void {
    this.#lines.clear();
  }

  /** Answers whether a client or what it listens to is new. */
  add(entry: TraceEntry): boolean {
    if (entry.type === 'line-opened') return !this.#lines.has(entry.line) && !!this.#of(entry.line);
    if (entry.type !== 'packet') return false;
    const one = this.#of(entry.line);
    // The first byte's upper half is the kind: most packets need no more of a look.
    switch (entry.bytes[0]! >> 4) {
      case 3:
        if (entry.direction === 'to-client' && arrived(entry)) one.received += 1;
        return false;
      case 8:
      case 10:
        return this.#ask(one, entry);
      case 9:
      case 11:
        return this.#answer(one, entry);
      default:
        return false;
    }
  }

  #ask(one: OneLine, entry: PacketEntry): false {
    const packet = readPacket(entry);
    if (packet?.kind === 'SUBSCRIBE') {
      one.asked.set(
        packet.packetId,
        packet.subscriptions.map(({ filter }) => filter),
      );
    }
    if (packet?.kind === 'UNSUBSCRIBE') one.asked.set(packet.packetId, packet.filters);
    return false;
  }
  #answer(one: OneLine, entry: PacketEntry): boolean {
    const packet = readPacket(entry);
    if (packet?.kind !== 'SUBACK' && packet?.kind !== 'UNSUBACK') return false;
    const asked = one.asked.get(packet.packetId) ?? [];
    one.asked.delete(packet.packetId);
    asked.forEach((filter, at) => {
      if (packet.kind === 'UNSUBACK') one.filters.delete(filter);
      else if ((packet.reasonCodes[at] ?? REFUSED) < REFUSED) one.filters.add(filter);
    });
    return asked.length > 0;
  }
  #of(line: number): OneLine {
    let one = this.#lines.get(line);
    if (!one) this.#lines.set(line, (one = { filters: new Set(), asked: new Map(), received: 0 }));
    return one;
  }
}
