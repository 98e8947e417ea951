/**
 * Connections of programs outside of the page. Of them the trace has no start, no error and no end: only
 * what went over the wire.
 */
import type { View } from '../protocol/exercise.ts';
import type { PublishPacket, SubscribePacket } from '../protocol/mqtt.ts';
import { packets, type Seen } from './view.ts';

/** One connection from outside, from its CONNECT on. */
export interface Visit {
  line: number;
  /** Milliseconds since the run began: CONNECT, CONNACK 0, and the end of the connection. */
  came: number;
  accepted: number | undefined;
  closed: number | undefined;
  /** It said DISCONNECT. */
  hasLeft: boolean;
  asked: Seen<SubscribePacket>[];
  sent: Seen<PublishPacket>[];
  received: Seen<PublishPacket>[];
}

/** In the order of their CONNECTs. */
export function visits(view: View): Visit[] {
  const found = new Map<number, Visit>();
  for (const seen of packets(view, { role: 'outside' })) {
    const { packet, entry } = seen;
    const { line } = seen.line;
    if (packet.kind === 'CONNECT') {
      const [accepted, closed] = [undefined, undefined];
      const none = { asked: [], sent: [], received: [] };
      found.set(line, { line, came: entry.at, accepted, closed, hasLeft: false, ...none });
    }
    const visit = found.get(line);
    if (!visit) continue;
    if (entry.direction === 'to-client') {
      if (packet.kind === 'CONNACK' && packet.reasonCode === 0) visit.accepted = entry.at;
      if (packet.kind === 'PUBLISH') visit.received.push({ ...seen, packet });
    } else {
      if (packet.kind === 'SUBSCRIBE') visit.asked.push({ ...seen, packet });
      if (packet.kind === 'PUBLISH') visit.sent.push({ ...seen, packet });
      if (packet.kind === 'DISCONNECT') visit.hasLeft = true;
    }
  }
  for (const entry of view.entries) {
    const visit = entry.type === 'line-closed' ? found.get(entry.line) : undefined;
    if (visit) visit.closed = entry.at;
  }
  return [...found.values()];
}

/** Milliseconds since the run began: now, if hints are asked once more, or the last entry's time. */
export const timeOf = (view: View): number => view.now ?? view.entries.at(-1)?.at ?? 0;
