import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { type ClientRole, readPacket } from '../../trace/clients.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import type { MessageItem, Received } from './message-items.ts';

/** One line of the list: when, who, and what it got or said. */
export function messageRow(
  item: MessageItem,
  whose: { name: string; role: ClientRole },
  words: Words,
): HTMLElement {
  const printed = item.what === 'printed';
  const level = printed ? item.line.level : undefined;
  return h(
    'div',
    { class: 'wb-packet wb-item', 'data-what': item.what, 'data-level': level },
    h('span', { class: 'wb-packet-time' }, secondsOf(item.at)),
    h(
      'span',
      { class: 'wb-packet-client', 'data-role': whose.role },
      h('span', { class: 'wb-shape' }),
      h('span', { class: 'wb-packet-name' }, whose.name),
    ),
    h(
      'span',
      { class: 'wb-item-does' },
      !printed && icon('down'),
      words(printed ? 'panels.messages.prints' : 'panels.messages.gets'),
    ),
    h(
      'span',
      { class: 'wb-packet-what' },
      ...(printed
        ? [h('span', { class: 'wb-item-said' }, oneLine(item.line.text))]
        : received(item, words)),
    ),
  );
}

function received(item: Received, words: Words): HTMLElement[] {
  const packet = readPacket(item.entry);
  if (packet?.kind !== 'PUBLISH') return [];
  const marks = [
    packet.dup && words('workbench.packets.dup'),
    packet.qos > 0 && words('workbench.packets.qos', { qos: packet.qos }),
    packet.retain && words('workbench.packets.retained'),
    item.entry.fate !== 'passed' && words(`workbench.fate.${item.entry.fate}`),
  ].filter((mark) => mark !== false);
  const empty = packet.payload.length === 0;
  return [
    ...marks.map((mark) => h('span', { class: 'wb-mark' }, mark)),
    h('span', { class: 'wb-topic' }, item.topic ?? packet.topic),
    h(
      'span',
      { class: 'wb-packet-text' },
      empty ? words('workbench.payload.empty') : previewOf(packet.payload),
    ),
  ];
}

const oneLine = (text: string): string => {
  const line = text.slice(0, 300).replace(/\s+/g, ' ');
  return text.length > 300 ? `${line}…` : line;
};
