/**
 * Removes from a trace what differs from run to run: client identifiers that were made up by a
 * library, and packet identifiers, which MQTT.js counts from a random number on. Both are replaced
 * in the packets' own bytes, and nothing changes its length.
 */
import { fieldsOf } from '../../../sandbox/mqtt/fields.ts';
import type { LineOpenedEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { CapturedPacket } from '../../../src/mdx/captures/capture.ts';

/** More than a picture shows; a program that publishes for ever is cut off here. */
const MOST_PACKETS = 120;
/** MQTT.js's `mqttjs_`, and what brokers give to clients without an id; then a random part. */
const MADE_UP = /^(mqttjs_|auto-|aedes_)(.+)$/;

export function normalise(entries: readonly TraceEntry[]): CapturedPacket[] {
  const lines = new Map<number, LineOpenedEntry>();
  const counts = new Map<string, number>();
  const ordinals = new Map<number, number>();
  const clientIds = new Map<string, string>();
  // By client: a client that reconnects resends messages with their old identifiers.
  const packetIds = new Map<string, PacketIds>();
  const packets: CapturedPacket[] = [];
  for (const entry of entries) {
    if (entry.type === 'line-opened') {
      lines.set(entry.line, entry);
      const name = nameOf(entry);
      counts.set(name, (counts.get(name) ?? 0) + 1);
      ordinals.set(entry.line, counts.get(name)!);
      if (!packetIds.has(name)) packetIds.set(name, new PacketIds());
    }
    if (entry.type !== 'packet' || packets.length === MOST_PACKETS) continue;
    const { line, direction, version } = entry;
    const bytes = Uint8Array.from(entry.bytes);
    for (const { name, start, value } of fieldsOf(bytes, version, direction)) {
      if (name === 'packetId') {
        // The acknowledgements of a PUBLISH go the other way and have its identifier.
        const id = packetIds
          .get(nameOf(lines.get(line)!))!
          .of(Number(value), direction, bytes[0]! >> 4);
        bytes.set([id >> 8, id & 0xff], start);
      }
      if (/clientId$|assignedClientIdentifier$/.test(name) && typeof value === 'string') {
        bytes.set(new TextEncoder().encode(idFor(value, clientIds)), start);
      }
    }
    packets.push({
      client: nameOf(lines.get(line)!),
      line: ordinals.get(line)!,
      direction,
      version,
      bytes: Buffer.from(bytes).toString('hex'),
      ...(entry.fate === 'dropped' && { lost: true as const }),
    });
  }
  return packets;
}

/** A payload's text with every figure as 0: it was measured or counted, so it may differ. */
export const withoutFigures = (payload: Uint8Array): string =>
  new TextDecoder().decode(payload).replaceAll(/\d+(?:\.\d+)?/g, '0');

const nameOf = ({ name, role }: LineOpenedEntry): string => name ?? role;

/** The same id gets the same replacement, of the same length. */
function idFor(id: string, known: Map<string, string>): string {
  const [, prefix, random] = MADE_UP.exec(id) ?? [];
  if (prefix === undefined || random === undefined) return id;
  const replacement = `${prefix}${String(known.size + 1).padStart(random.length, '0')}`;
  const found = known.get(id) ?? replacement;
  known.set(id, found);
  return found;
}

/** By the packet types that the client begins an exchange with, or the broker. */
class PacketIds {
  readonly #ids = { client: new Map<number, number>(), broker: new Map<number, number>() };

  of(id: number, direction: 'to-broker' | 'to-client', type: number): number {
    // PUBLISH, PUBREL, SUBSCRIBE and UNSUBSCRIBE come from the initiator; the others acknowledge.
    const asks = [3, 6, 8, 10].includes(type);
    const ids = this.#ids[asks === (direction === 'to-broker') ? 'client' : 'broker'];
    const found = ids.get(id) ?? ids.size + 1;
    ids.set(id, found);
    return found;
  }
}
