/** Which rows of the table the reader wants to see. Pure. */
import { kindOf } from '../../../../sandbox/mqtt/packet.ts';
import type { PacketKind } from '../../../../sandbox/protocol/mqtt.ts';
import { matches } from '../../../../sandbox/mqtt/topic-match.ts';
import { filterFault } from '../../../../sandbox/mqtt/topic-syntax.ts';
import type { Words } from '../../i18n/words.ts';
import { type ClientLines, readPacket } from '../../trace/clients.ts';
import { isOfKind, type KindGroup } from '../../trace/kind-groups.ts';
import { clientOf, type RowEntry } from '../../trace/packet-rows.ts';

/** Empty texts ask for nothing. */
export interface PacketFilter {
  /** As the table calls it. */
  client: string;
  /** A kind, a group, or `trouble`: what was lost, refused, cut or limited. */
  kind: '' | 'trouble' | KindGroup | PacketKind;
  /** A part of a topic, or a topic filter with + or #. */
  topic: string;
}
export const everything: PacketFilter = { client: '', kind: '', topic: '' };
export const asksNothing = ({ client, kind, topic }: PacketFilter): boolean =>
  client === '' && kind === '' && topic === '';

export function isWanted(
  entry: RowEntry,
  { client, kind, topic }: PacketFilter,
  lines: ClientLines,
  words: Words,
): boolean {
  if (client !== '' && clientOf(entry, lines, words) !== client) return false;
  return isKindWanted(entry, kind) && (topic === '' || isTopicWanted(entry, topic));
}

function isKindWanted(entry: RowEntry, kind: PacketFilter['kind']): boolean {
  if (kind === '') return true;
  if (kind === 'trouble') {
    if (entry.type === 'packet') return entry.fate !== 'passed';
    return entry.type !== 'line-closed' || (entry.by !== 'client' && entry.by !== 'room');
  }
  if (entry.type === 'line-closed') return kind === 'connections';
  if (entry.type !== 'packet' && entry.type !== 'refused') return false;
  return isOfKind(kindOf(entry.bytes[0] ?? 0), kind);
}

/** Acknowledgements carry no topic: the wire brackets them with their message. */
function isTopicWanted(entry: RowEntry, wanted: string): boolean {
  if (entry.type !== 'packet') return false;
  const packet = readPacket(entry);
  // While a filter is being typed it may not be one yet: then it is a part of a topic.
  const isFilter = /[+#]/.test(wanted) && filterFault(wanted, true) === null;
  if (packet?.kind === 'PUBLISH') {
    return isFilter ? matches(wanted, packet.topic) : packet.topic.includes(wanted);
  }
  if (packet?.kind === 'SUBSCRIBE')
    return packet.subscriptions.some(({ filter }) => filter.includes(wanted));
  if (packet?.kind === 'UNSUBSCRIBE')
    return packet.filters.some((filter) => filter.includes(wanted));
  return false;
}
