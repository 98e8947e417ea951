/** Which rows of the diagram the reader wants to see. */
import type { PacketKind } from '../../../../sandbox/protocol/mqtt.ts';
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import { matches } from '../../../../sandbox/mqtt/topic-match.ts';
import { readPacket } from '../../trace/clients.ts';
import { isOfKind, type KindGroup } from '../../trace/kind-groups.ts';
import type { Columns } from '../../trace/columns.ts';
import type { WireRow } from './wire-rows.ts';

/** Empty texts ask for nothing. */
export interface WireFilter {
  /** A column's key. */
  client: string;
  /** A topic, a part of one, or a topic filter with + or #. */
  topic: string;
  /** A packet kind, a group of them, `no-pings`, or `trouble`: whatever was lost, refused or cut. */
  kind: '' | 'no-pings' | 'trouble' | KindGroup | PacketKind;
}
export const everything: WireFilter = { client: '', topic: '', kind: '' };

export function isShown(row: WireRow, filter: WireFilter, columns: Columns): boolean {
  const { entry } = row;
  if (filter.client) {
    const line = 'line' in entry ? entry.line : undefined;
    if (line === undefined || columns.of(line)?.key !== filter.client) return false;
  }
  return isKindShown(row, filter.kind) && (!filter.topic || isTopicShown(row, filter.topic));
}

function isKindShown({ entry, fault }: WireRow, kind: WireFilter['kind']): boolean {
  if (kind === '') return true;
  if (kind === 'trouble') {
    if (entry.type === 'line-closed') return entry.by !== 'client' && entry.by !== 'room';
    if (entry.type !== 'packet') return entry.type !== 'line-opened';
    return entry.fate !== 'passed' || fault !== undefined;
  }
  const own = entry.type === 'packet' ? kindOf(entry.bytes[0] ?? 0) : null;
  if (kind === 'no-pings') return own !== 'PINGREQ' && own !== 'PINGRESP';
  // Lines are opened and closed by connecting.
  if (own === null) return kind === 'connections' && entry.type.startsWith('line');
  return isOfKind(own, kind);
}

/** Acknowledgements have their message's topic; subscriptions match where they would hear it. */
function isTopicShown({ entry, exchange }: WireRow, wanted: string): boolean {
  if (entry.type !== 'packet') return false;
  const hit = (topic: string): boolean =>
    /[+#]/.test(wanted) ? matches(wanted, topic) : topic.includes(wanted);
  if (exchange?.topic !== undefined) return hit(exchange.topic);
  const packet = readPacket(entry);
  if (packet?.kind === 'PUBLISH') return hit(packet.topic);
  const filters =
    packet?.kind === 'SUBSCRIBE'
      ? packet.subscriptions.map(({ filter }) => filter)
      : packet?.kind === 'UNSUBSCRIBE'
        ? packet.filters
        : [];
  return filters.some((each) => each.includes(wanted) || matches(each, wanted));
}
