import type { Words } from '../../i18n/words.ts';
import { type ClientRole, readPacket } from '../../trace/clients.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import { iconView } from '../../ui/icons.ts';
import { listRow, type RowAttributes } from '../../ui/row-attributes.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import type { MessageItem, Printed, Received } from './message-items.ts';

/** One line of the list: time, client, and the message or console text. */
export function messageRow(
  item: MessageItem,
  whose: { name: string; role: ClientRole },
  attributes: RowAttributes,
  words: Words,
): TemplateResult {
  const isPrinted = item.what === 'printed';
  return html`<div
    ${listRow(attributes)}
    class="wb-packet wb-item"
    data-what=${item.what}
    data-level=${isPrinted ? item.line.level : nothing}
  >
    <span class="wb-packet-time">${secondsOf(item.at)}</span>
    <span class="wb-packet-client" data-role=${whose.role}>
      <span class="wb-shape"></span><span class="wb-packet-name">${whose.name}</span>
    </span>
    ${isPrinted ? printed(item, words) : received(item, words)}
  </div>`;
}

const printed = ({ line }: Printed, words: Words): TemplateResult =>
  html`<span class="wb-item-does">${words('panels.messages.prints')}</span>
    <span class="wb-packet-what"><span class="wb-item-said">${oneLine(line.text)}</span></span>`;

const received = (item: Received, words: Words): TemplateResult =>
  html`<span class="wb-item-does">${iconView('down')}${words('panels.messages.gets')}</span>
    <span class="wb-packet-what">${message(item, words)}</span>`;

function message(item: Received, words: Words): unknown {
  const packet = readPacket(item.entry);
  if (packet?.kind !== 'PUBLISH') return nothing;
  const marks = [
    packet.dup && words('workbench.packets.dup'),
    packet.qos > 0 && words('workbench.packets.qos', { qos: packet.qos }),
    packet.retain && words('workbench.packets.retained'),
    item.entry.fate !== 'passed' && words(`workbench.fate.${item.entry.fate}`),
  ].filter((mark) => mark !== false);
  const text =
    packet.payload.length === 0 ? words('workbench.payload.empty') : previewOf(packet.payload);
  return html`${marks.map((mark) => html`<span class="wb-mark">${mark}</span>`)}
    <span class="wb-topic">${item.topic ?? packet.topic}</span>
    <span class="wb-packet-text">${text}</span>`;
}

const oneLine = (text: string): string => {
  const line = text.slice(0, 300).replace(/\s+/g, ' ');
  return text.length > 300 ? `${line}…` : line;
};
