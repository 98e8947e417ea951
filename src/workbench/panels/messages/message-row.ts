import type { Words } from '../../i18n/words.ts';
import { type ClientRole, readPacket } from '../../trace/clients.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import { iconView } from '../../ui/icons.ts';
import { listRow, type RowAttributes } from '../../ui/row-attributes.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import type { MessageItem, Received } from './message-items.ts';

/** One line of the list: when, who, and what it got or said. */
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
    <span class="wb-item-does">
      ${isPrinted ? nothing : iconView('down')}
      ${words(isPrinted ? 'panels.messages.prints' : 'panels.messages.gets')}
    </span>
    <span class="wb-packet-what">
      ${
        isPrinted
          ? html`<span class="wb-item-said">${oneLine(item.line.text)}</span>`
          : received(item, words)
      }
    </span>
  </div>`;
}

function received(item: Received, words: Words): unknown {
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
