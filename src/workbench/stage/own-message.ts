/** Which packets of a run carried the learner's own message. */
import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import type { LineRole, PacketEntry, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { readPacket } from '../trace/clients.ts';

/** More deliveries than these are a crowd, not a picture. */
const mostDeliveries = 4;

/**
 * The last PUBLISH of a program of the learner's that reached somebody, and its deliveries; if there is
 * none, the last CONNECT that the broker accepted, and its CONNACK. Empty if there is neither.
 */
export function ownMessage(entries: readonly TraceEntry[]): PacketEntry[] {
  const roles = new Map<number, LineRole>();
  for (const entry of entries) {
    if (entry.type === 'line-opened') roles.set(entry.line, entry.role);
  }
  const passed = entries.filter(
    (entry): entry is PacketEntry =>
      entry.type === 'packet' && entry.fate !== 'dropped' && entry.fate !== 'held',
  );
  const isOwn = ({ line }: PacketEntry) => roles.get(line) !== 'actor';
  const deliveries: PacketEntry[] = [];
  for (const entry of passed.toReversed()) {
    if (entry.bytes[0]! >> 4 !== 3) continue;
    if (entry.direction === 'to-client') deliveries.unshift(entry);
    else if (isOwn(entry)) {
      const sent = published(entry);
      const got = deliveries.filter((each) => isSame(sent, published(each)));
      if (sent && got.length > 0) return [entry, ...got.slice(0, mostDeliveries)];
    }
  }
  return lastConnection(passed.filter(isOwn));
}

function lastConnection(own: readonly PacketEntry[]): PacketEntry[] {
  const answer = own.findLast((entry) => {
    const packet = entry.bytes[0]! >> 4 === 2 ? readPacket(entry) : undefined;
    return packet?.kind === 'CONNACK' && packet.reasonCode === 0;
  });
  const asked = own.find(({ line, bytes }) => line === answer?.line && bytes[0]! >> 4 === 1);
  return asked && answer ? [asked, answer] : [];
}

function published(entry: PacketEntry): PublishPacket | undefined {
  const packet = readPacket(entry);
  return packet?.kind === 'PUBLISH' ? packet : undefined;
}
const isSame = (one: PublishPacket | undefined, other: PublishPacket | undefined): boolean =>
  one?.topic === other?.topic &&
  one?.payload.length === other?.payload.length &&
  !!one?.payload.every((byte, at) => byte === other!.payload[at]);
