import type { Packet } from '../../../sandbox/protocol/mqtt.ts';
import type {
  BrokerEntry,
  FaultEntry,
  LimitEntry,
  LineClosedEntry,
  LineRefusedEntry,
  OnCloud,
  PacketEntry,
  RefusedEntry,
  TraceEntry,
} from '../../../sandbox/protocol/trace.ts';
import type { Words } from '../i18n/words.ts';
import { brokerText, isEnd } from './broker-words.ts';
import { reasonOf } from './field-names.ts';
import { type ClientLine, ClientLines, readPacket } from './clients.ts';
import { previewOf } from './payload-preview.ts';

/** The trace entries that are a row of the packet panel. */
export type RowEntry =
  | PacketEntry
  | RefusedEntry
  | LineClosedEntry
  | LineRefusedEntry
  | FaultEntry
  | LimitEntry
  | BrokerEntry;

/** The text of a row, in the reader's language. */
export interface PacketRow {
  seconds: string;
  client: string;
  /** The room's second broker, if it was that one. */
  broker?: OnCloud;
  /** Absent if nothing was sent. */
  direction?: 'to-broker' | 'to-client';
  kind: string;
  topic?: string;
  text: string;
  marks: string[];
  /** passed: an ordinary packet; quiet: pings and closed lines; else its fate. */
  tone: 'passed' | 'quiet' | 'struck' | 'refused';
}

const rowTypes: ReadonlySet<TraceEntry['type']> = new Set([
  ...(['packet', 'refused', 'line-closed', 'line-refused', 'fault', 'limit', 'broker'] as const),
]);
export function isRowEntry(entry: TraceEntry): entry is RowEntry {
  return rowTypes.has(entry.type);
}

/** Grows with a run's trace. `sync` may be called after each change. */
export class PacketRows {
  lines = new ClientLines();
  entries: RowEntry[] = [];
  #generation = -1;
  #leftOut = 0;
  #last = 0;

  /** Returns whether the previous rows kept their positions. */
  sync(record: {
    generation: number;
    entries: readonly TraceEntry[];
    entriesLeftOut: number;
  }): boolean {
    const kept = record.generation === this.#generation && record.entriesLeftOut === this.#leftOut;
    if (record.generation !== this.#generation) {
      this.lines = new ClientLines();
      this.#last = 0;
    }
    if (!kept) {
      this.entries = record.entries.filter((entry) => entry.n <= this.#last).filter(isRowEntry);
    }
    this.#generation = record.generation;
    this.#leftOut = record.entriesLeftOut;
    let first = record.entries.length;
    while (first > 0 && record.entries[first - 1]!.n > this.#last) first -= 1;
    for (let i = first; i < record.entries.length; i += 1) {
      const entry = record.entries[i]!;
      this.lines.add(entry);
      if (isRowEntry(entry)) this.entries.push(entry);
      this.#last = entry.n;
    }
    return kept;
  }
}

export function secondsOf(ms: number): string {
  return (ms / 1000).toFixed(3);
}

export function clientNameOf(line: ClientLine, words: Words): string {
  return line.name || line.clientId || words('workbench.client.outside', { line: line.line });
}

/** A refused connection has no line; nor has what befalls the broker or the whole room. */
export function lineOf(entry: RowEntry): number | undefined {
  return 'line' in entry ? entry.line : undefined;
}

function onOf(entry: RowEntry, lines: ClientLines): OnCloud | undefined {
  if (entry.type === 'line-refused' || entry.type === 'broker') return entry.on;
  const line = lineOf(entry);
  return line === undefined ? undefined : lines.of(line).on;
}

/** '' if it belongs to no client. */
export function clientOf(entry: RowEntry, lines: ClientLines, words: Words): string {
  if (entry.type === 'line-refused') return entry.name ?? '';
  const line = lineOf(entry);
  return line === undefined ? '' : clientNameOf(lines.of(line), words);
}

export function rowOf(entry: RowEntry, lines: ClientLines, words: Words): PacketRow {
  const client = clientOf(entry, lines, words);
  const on = onOf(entry, lines);
  const seconds = secondsOf(entry.at);
  const base = { seconds, client, kind: '', text: '', marks: [], ...(on && { broker: on }) };
  switch (entry.type) {
    case 'packet':
      return { ...base, ...packetRow(entry, words) };
    case 'refused': {
      const { statement } = entry;
      const rule = words(`rule.${entry.rule}`);
      const text = words('workbench.packets.rule', { rule, statement });
      const marks = [words('workbench.fate.refused')];
      return { ...base, direction: 'to-broker', text, marks, tone: 'refused' };
    }
    case 'line-closed': {
      const expected = entry.by === 'client' || lines.of(entry.line).saidGoodbye;
      const text = words(`workbench.packets.closed.${entry.by}`);
      return { ...base, text, tone: expected ? 'quiet' : 'struck' };
    }
    case 'line-refused': {
      const text = words(`files.refused.${entry.refusal}`, { port: entry.port ?? '' });
      const marks = [words('workbench.fate.refused')];
      return { ...base, text, marks, tone: 'refused' };
    }
    case 'broker':
      return { ...base, text: brokerText(entry, words), tone: isEnd(entry) ? 'struck' : 'quiet' };
    case 'fault': {
      const action = words(`fault.${entry.action}`);
      return { ...base, text: words('workbench.packets.fault', { action }), tone: 'struck' };
    }
    case 'limit': {
      const value = entry.value.toLocaleString('en');
      const limit = words(`limit.${entry.limit}`, { value });
      return { ...base, text: words('workbench.packets.limit', { limit }), tone: 'struck' };
    }
  }
}

function packetRow(entry: PacketEntry, words: Words) {
  const packet = readPacket(entry);
  const passed = entry.fate === 'passed';
  const quiet = packet?.kind === 'PINGREQ' || packet?.kind === 'PINGRESP';
  const said = packet
    ? summaryOf(packet, words)
    : { text: words('workbench.packets.unreadable'), marks: [] };
  return {
    direction: entry.direction,
    kind: packet?.kind ?? '?',
    ...said,
    marks: passed ? said.marks : [words(`workbench.fate.${entry.fate}`), ...said.marks],
    tone: passed ? (quiet ? 'quiet' : 'passed') : entry.fate === 'refused' ? 'refused' : 'struck',
  } satisfies Partial<PacketRow>;
}

function summaryOf(
  packet: Packet,
  words: Words,
): { topic?: string; text: string; marks: string[] } {
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`workbench.packets.${key}`, values);
  switch (packet.kind) {
    case 'CONNECT':
      return {
        text: packet.clientId === '' ? t('no-client-id') : t('client-id', { id: packet.clientId }),
        marks: [],
      };
    case 'CONNACK': {
      const marks = packet.sessionPresent ? [t('session-present')] : [];
      const code = reasonOf('CONNACK', packet.version, packet.reasonCode, words);
      return {
        text: packet.reasonCode === 0 ? t('accepted') : t('refused-code', { code }),
        marks,
      };
    }
    case 'PUBLISH': {
      const text =
        packet.payload.length > 0 ? previewOf(packet.payload) : words('workbench.payload.empty');
      const marks = [
        packet.dup && t('dup'),
        packet.qos > 0 && t('qos', { qos: packet.qos }),
        packet.retain && t('retained'),
      ].filter((mark) => mark !== false);
      return { topic: packet.topic, text, marks };
    }
    case 'SUBSCRIBE':
      return {
        topic: packet.subscriptions.map(({ filter }) => filter).join(', '),
        text: packet.subscriptions.map(({ qos }) => t('qos', { qos })).join(', '),
        marks: [],
      };
    case 'UNSUBSCRIBE':
      return { topic: packet.filters.join(', '), text: '', marks: [] };
    case 'SUBACK':
      return {
        text: packet.reasonCodes
          .map((code) =>
            code <= 2 ? t('qos', { qos: code }) : reasonOf('SUBACK', packet.version, code, words),
          )
          .join(', '),
        marks: [],
      };
    case 'UNSUBACK':
      return { text: t('packet-id', { id: packet.packetId }), marks: [] };
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP':
      return {
        text: t('packet-id', { id: packet.packetId }),
        marks:
          packet.reasonCode === 0
            ? []
            : [reasonOf(packet.kind, packet.version, packet.reasonCode, words)],
      };
    case 'DISCONNECT':
    case 'AUTH':
      return {
        text:
          packet.reasonCode === 0
            ? ''
            : reasonOf(packet.kind, packet.version, packet.reasonCode, words),
        marks: [],
      };
    case 'PINGREQ':
    case 'PINGRESP':
      return { text: '', marks: [] };
  }
}
