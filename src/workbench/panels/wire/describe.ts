/** The diagram in sentences: for those who hear it, and for what lines and arrows can't say. */
import type { Words } from '../../i18n/words.ts';
import { type PacketRow, rowOf, secondsOf } from '../../trace/packet-rows.ts';
import { columnName, type Columns } from '../../trace/columns.ts';
import { endAt, type Exchange, holdAt } from './exchanges.ts';
import { isOver, statementOf } from './handshake.ts';
import { refusalText, packetIdOf, struckBy } from './picture.ts';
import type { WireRow, WireRows } from './wire-rows.ts';

export function nameOfLine(line: number, columns: Columns, words: Words): string {
  if (columns.isOutward(line)) return words('workbench.broker.house');
  const unnamed = words('workbench.client.outside', { line });
  const column = columns.of(line);
  return column ? columnName(column, columns, unnamed) : unnamed;
}

/** A row as one sentence, with what both sides hold after it where it is part of an exchange. */
export function sentenceOf(row: WireRow, trace: WireRows, words: Words): string {
  const { entry } = row;
  const parts = [words('workbench.time', { seconds: secondsOf(row.at) })];
  const client =
    'line' in entry && entry.line !== undefined
      ? nameOfLine(entry.line, trace.columns, words)
      : ('name' in entry && entry.name) || '';
  if (entry.type === 'line-opened') {
    parts.push(
      client,
      words('wire-panel.opened', { transport: words(`wire-panel.transport.${entry.transport}`) }),
    );
  } else if (entry.type === 'line-refused') parts.push(client, refusalText(row, words));
  else {
    const packet = rowOf(entry, trace.lines, words);
    const id = packetIdOf(row);
    const route = packet.direction && routeOf(packet, client, words);
    const struck = struckBy(row, words);
    const own = packet.marks.filter((mark) => mark !== struck && mark !== fateWord(row, words));
    const named = id !== undefined && words('workbench.packets.packet-id', { id });
    parts.push(route ?? client, packet.kind, packet.topic ?? '', ...own);
    if (named && !packet.text.includes(named)) parts.push(named);
    parts.push(
      entry.type === 'fault' ? words(`wire-panel.fault.${entry.action}`) : packet.text,
      struck,
    );
  }
  const sentence = parts.filter(Boolean).join(words('wire-panel.comma'));
  const held = row.exchange ? heldSentences(row.exchange, row.n, trace.columns, words) : [];
  return [sentence + words('wire-panel.stop'), ...held.map(({ text }) => text)].join(
    words('wire-panel.between'),
  );
}

/** From whom to whom: with the name of the second broker, if it is that one. */
function routeOf({ direction, broker }: PacketRow, client: string, words: Words): string {
  if (!broker) return words(`wire-panel.route.${direction}`, { client });
  const cloud = words(`workbench.broker.${broker}`);
  const [from, to] = direction === 'to-broker' ? [client, cloud] : [cloud, client];
  return words('wire-panel.route.between', { from, to });
}

const fateWord = ({ entry }: WireRow, words: Words): string =>
  entry.type === 'packet' ? words(`workbench.fate.${entry.fate}`) : '';

export interface HeldSentence {
  text: string;
  /** The normative statement that says so. */
  statement?: string;
}

/** What sender and receiver hold after entry `n`, a sentence each; one sentence where it is over. */
export function heldSentences(
  exchange: Exchange,
  n: number,
  columns: Columns,
  words: Words,
): HeldSentence[] {
  const { packetId: id, sender, version } = exchange;
  const hold = holdAt(exchange, n);
  if (isOver(hold)) return [{ text: words(`wire-panel.held.${endAt(exchange, n)}`, { id }) }];
  const client = nameOfLine(exchange.line, columns, words);
  const isThere = columns.isOutward(exchange.line) || columns.of(exchange.line)?.on;
  const broker = words(isThere ? 'workbench.broker.cloud' : 'wire-panel.broker');
  return (['sender', 'receiver'] as const)
    .filter((side) => hold[side] !== 'nothing')
    .map((side) => {
      const who = (side === 'sender') === (sender === 'client') ? client : broker;
      const statement = statementOf(hold[side], version);
      const text = words(`wire-panel.held.${hold[side]}`, { who, id });
      return { text, ...(statement && { statement }) };
    });
}
