/** One row of the trace as the diagram shows it: who, to whom, what became of it, in short words. */
import type { BrokerEntry, Fate, LineRefusedEntry } from '../../../../sandbox/protocol/trace.ts';
import type { Words } from '../../i18n/words.ts';
import { type ClientRole, type ClientLines, readPacket } from '../../trace/clients.ts';
import { lineOf, type PacketRow, rowOf } from '../../trace/packet-rows.ts';
import type { Column, Columns } from '../../trace/columns.ts';
import type { WireRow } from './wire-rows.ts';

export type Tone = 'passed' | 'quiet' | 'struck' | 'refused';
export interface Arrow {
  type: 'arrow';
  /** A column's key. */
  column: string;
  /** The other end, a broker: '' is the usual one, else a column's key. */
  broker: string;
  toBroker: boolean;
  role: ClientRole | 'broker';
  way: 'passed' | 'lost' | 'delayed' | 'twice' | 'held' | 'refused';
  tone: Tone;
  /** The packet's kind. */
  kind: string;
  /** Topic or filters; the first to be shortened. */
  topic: string;
  /** QoS, packet identifier and what else the packet says in few words. */
  detail: string;
  /** What befell it. */
  mark: string;
}
export interface Note {
  type: 'note';
  /** Absent where it belongs to no client that is known. */
  column: string | undefined;
  sign: 'opened' | 'closed' | 'cut' | 'fault' | 'refused';
  tone: Tone;
  text: string;
}
export type Picture = Arrow | Note;

export function pictureOf(
  row: WireRow,
  columns: Columns,
  lines: ClientLines,
  words: Words,
): Picture {
  const { entry } = row;
  if (entry.type === 'line-opened') {
    const column = columns.of(entry.line)?.key;
    const text = words('wire-panel.opened', {
      transport: words(`wire-panel.transport.${entry.transport}`),
    });
    return { type: 'note', column, sign: 'opened', tone: 'quiet', text };
  }
  if (entry.type === 'line-refused') {
    const column = refusedAt(entry, columns)?.key;
    return {
      type: 'note',
      column,
      sign: 'refused',
      tone: 'refused',
      text: refusalText(row, words),
    };
  }
  const packetRow = rowOf(entry, lines, words);
  const line = lineOf(entry);
  const column = line === undefined ? undefined : columns.of(line);
  if (entry.type === 'packet' && column) {
    const { fate } = entry;
    const way = wayOf[fate];
    const toBroker = columns.directionOf(entry) === 'to-broker';
    return {
      type: 'arrow',
      ...endsOf(column, columns),
      toBroker,
      role: toBroker && !column.isBroker ? column.role : 'broker',
      way,
      tone: packetRow.tone,
      kind: packetRow.kind,
      topic: packetRow.topic ?? '',
      detail: detailOf(row, packetRow, words),
      mark: struckBy(row, words),
    };
  }
  if (entry.type === 'refused' && column) {
    return {
      type: 'arrow',
      ...endsOf(column, columns),
      toBroker: true,
      role: column.role,
      way: 'refused',
      tone: 'refused',
      kind: words('workbench.fate.refused'),
      topic: '',
      detail: `[${entry.statement}]`,
      mark: '',
    };
  }
  if (entry.type === 'broker') {
    const { tone, text } = packetRow;
    const there = entry.on && columns.cloud?.key;
    return { type: 'note', column: there, sign: signOf[entry.what], tone, text };
  }
  const sign =
    entry.type === 'line-closed'
      ? entry.by === 'client' || packetRow.tone === 'quiet'
        ? 'closed'
        : 'cut'
      : 'fault';
  const text = entry.type === 'fault' ? words(`wire-panel.fault.${entry.action}`) : packetRow.text;
  return { type: 'note', column: column?.key, sign, tone: packetRow.tone, text };
}

const endsOf = ({ key, on }: Column, { cloud }: Columns) => ({
  column: key,
  broker: (on && cloud?.key) ?? '',
});
const refusedAt = ({ name, role, on }: LineRefusedEntry, columns: Columns) =>
  role === 'bridge' && name !== (on ?? 'house')
    ? columns.cloud
    : columns.all.find((each) => name !== undefined && each.name === name && !each.isBroker);

const signOf: Record<BrokerEntry['what'], Note['sign']> = {
  started: 'opened',
  saved: 'opened',
  stopped: 'closed',
  killed: 'cut',
  'power-cut': 'cut',
  failed: 'refused',
};

const wayOf: Record<Fate, Arrow['way']> = {
  passed: 'passed',
  dropped: 'lost',
  delayed: 'delayed',
  duplicated: 'twice',
  held: 'held',
  refused: 'refused',
};

/** The flags of a PUBLISH by their names, which are shorter than any word; its payload is in the fields. */
function detailOf(row: WireRow, packetRow: PacketRow, words: Words): string {
  const { entry } = row;
  const packet =
    entry.type === 'packet' && packetRow.kind === 'PUBLISH' ? readPacket(entry) : undefined;
  const number = packetIdOf(row);
  const id = number !== undefined && words('wire-panel.id', { id: number });
  if (packet?.kind === 'PUBLISH') {
    const qos = words('workbench.packets.qos', { qos: packet.qos });
    return [qos, id, packet.dup && 'DUP', packet.retain && 'RETAIN'].filter(Boolean).join(' ');
  }
  const struck = entry.type === 'packet' ? words(`workbench.fate.${entry.fate}`) : '';
  const marks = packetRow.marks.filter((mark) => mark !== struck);
  // An acknowledgement says nothing else than its identifier.
  return [row.exchange ? false : packetRow.text, ...marks, id].filter(Boolean).join(' ');
}

/** In words, what a fault or a limit did to the packet; empty where nothing did. */
export function struckBy({ entry, fault }: WireRow, words: Words): string {
  if (fault) return words(`wire-panel.fault.${fault}`);
  if (entry.type !== 'packet' || entry.fate === 'passed') return '';
  return words(`workbench.fate.${entry.fate}`);
}

export function refusalText({ entry }: WireRow, words: Words): string {
  if (entry.type !== 'line-refused') return '';
  const reason = words(`files.refused.${entry.refusal}`, { port: entry.port ?? '?' });
  return words('wire-panel.refused', { reason });
}

/** Two bytes behind the header, or behind the topic, without decoding the whole packet. */
export function packetIdOf({ entry, exchange }: WireRow): number | undefined {
  if (exchange) return exchange.packetId;
  if (entry.type !== 'packet') return undefined;
  const kind = entry.bytes[0]! >> 4;
  // SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK, and acknowledgements of nothing.
  if (kind < 4 || kind > 11) return undefined;
  let at = 1;
  while (at < 5 && entry.bytes[at]! >= 0x80) at += 1;
  const [high, low] = entry.bytes.subarray(at + 1, at + 3);
  return low === undefined ? undefined : (high! << 8) | low;
}
