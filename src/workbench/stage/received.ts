import { kindOf } from '../../../sandbox/mqtt/packet.ts';
import type { PacketEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from '../trace/clients.ts';

/**
 * How many messages a client has received, as its program counts them: each PUBLISH that passed, a
 * copy too; at QoS 2 a PUBLISH that comes again before its PUBREL is the same message.
 */
export class Received {
  count = 0;
  /** The topic of the last one. */
  topic = '';
  /** Packet identifiers whose PUBREL has not come. */
  readonly #open = new Set<number>();
  #line = 0;
  /** Stopped on a frozen line: they have passed if a later packet passes. */
  #held: PacketEntry[] = [];

  /** @param direction as the picture has it: a bridge's is the other way round */
  add(entry: PacketEntry, direction = entry.direction): void {
    if (direction !== 'to-client') return;
    if (entry.line !== this.#line) {
      this.#line = entry.line;
      this.#held = [];
    }
    if (entry.fate === 'held') return void this.#held.push(entry);
    if (entry.fate === 'dropped' || entry.fate === 'refused') return;
    for (const held of this.#held.splice(0)) this.#take(held);
    this.#take(entry);
  }

  #take(entry: PacketEntry): void {
    const kind = kindOf(entry.bytes[0] ?? 0);
    if (kind !== 'PUBLISH' && kind !== 'PUBREL' && kind !== 'CONNACK') return;
    const packet = readPacket(entry);
    // Without a session the client knows of no message that was begun.
    if (packet?.kind === 'CONNACK' && !packet.sessionPresent) this.#open.clear();
    if (packet?.kind === 'PUBREL') this.#open.delete(packet.packetId);
    if (packet?.kind !== 'PUBLISH') return;
    if (packet.qos === 2 && packet.packetId !== undefined) {
      if (this.#open.has(packet.packetId)) return;
      this.#open.add(packet.packetId);
    }
    this.topic = packet.topic || this.topic;
    this.count += packet.qos < 2 && entry.fate === 'duplicated' ? 2 : 1;
  }
}
