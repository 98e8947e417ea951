/**
 * The packets of a broker to each client, to compare two brokers: response codes, and messages with
 * topic, QoS, flags and payload. Properties are ignored, and so are figures in payloads, which were
 * measured.
 */
import { parsePacket } from '../../../sandbox/mqtt/packet.ts';
import { withoutFigures } from '../captures/normalise.ts';
import { bytesOf, type CapturedPacket } from '../../../src/mdx/captures/capture.ts';

function deliveryOf(packet: CapturedPacket): string | undefined {
  if (packet.direction === 'to-broker') return undefined;
  const parsed = parsePacket(bytesOf(packet), packet.version, packet.direction);
  if (!('kind' in parsed)) return `no packet: ${packet.bytes}`;
  switch (parsed.kind) {
    case 'CONNACK':
      return `CONNACK ${parsed.reasonCode}${parsed.sessionPresent ? ', session present' : ''}`;
    case 'SUBACK':
      return `SUBACK ${parsed.reasonCodes.join(' ')}`;
    case 'PUBLISH': {
      const { topic, payload, qos, dup, retain } = parsed;
      // Each broker has its own $SYS.
      const text = topic.startsWith('$') ? '…' : withoutFigures(payload);
      const flags = `QoS ${qos}${dup ? ', DUP' : ''}${retain ? ', RETAIN' : ''}`;
      return `PUBLISH ${topic} (${flags}) ${text}`;
    }
    case 'DISCONNECT':
      return `DISCONNECT ${parsed.reasonCode}`;
    default:
      return undefined;
  }
}

/**
 * Each client's deliveries on all its lines. Only the set counts: the order of two clients that act
 * at once is chance on both brokers, and so is how often something is repeated.
 */
export function deliveriesOf(packets: readonly CapturedPacket[]): Map<string, Set<string>> {
  const clients = new Map<string, Set<string>>();
  for (const packet of packets) {
    const delivery = deliveryOf(packet);
    if (delivery === undefined) continue;
    const own = clients.get(packet.client) ?? new Set();
    clients.set(packet.client, own.add(delivery));
  }
  return clients;
}

/** One line for each difference: `-` only the first did it, `+` only the second did. */
export function deliveryDifferences(
  theirs: readonly CapturedPacket[],
  ours: readonly CapturedPacket[],
): string[] {
  const [them, us] = [deliveriesOf(theirs), deliveriesOf(ours)];
  const found: string[] = [];
  for (const client of new Set([...them.keys(), ...us.keys()])) {
    const [a, b] = [them.get(client) ?? new Set(), us.get(client) ?? new Set()];
    for (const one of a) if (!b.has(one)) found.push(`- ${client}: ${one}`);
    for (const one of b) if (!a.has(one)) found.push(`+ ${client}: ${one}`);
  }
  return found.sort();
}
