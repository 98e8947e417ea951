import type { Words } from '../../i18n/words.ts';
import { readPacket } from '../../trace/clients.ts';
import { readable } from '../../trace/payload-preview.ts';
import { guard, html, nothing, type TemplateResult } from '../../ui/view.ts';
import { detailHead } from '../detail/detail-head.ts';
import type { MessageItem } from './message-items.ts';

/** Characters, or bytes in hexadecimal, that are shown of one message. */
const mostShown = 4_000;

/** One message in full: what does not fit into a line. */
export function messageText(
  item: MessageItem | undefined,
  onClose: () => void,
  words: Words,
): TemplateResult {
  const key = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
  return html`<div
    class="wb-detail"
    ?hidden=${item === undefined}
    role="group"
    aria-label=${words('panels.messages.full')}
    @keydown=${key}
  >
    ${guard([item], () => (item ? inFull(item) : nothing))}
  </div>`;

  function inFull(shown: MessageItem) {
    const { title, text, cut } = contentOf(shown, words);
    return html`${detailHead(html`<span>${title}</span>`, onClose, words)}
      <pre class="wb-item-text" tabindex="0">${text + (cut ? '…' : '')}</pre>`;
  }
}

function contentOf(item: MessageItem, words: Words): { title: string; text: string; cut: boolean } {
  if (item.what === 'printed') {
    return { title: words('panels.messages.prints'), text: item.line.text, cut: false };
  }
  const packet = readPacket(item.entry);
  if (packet?.kind !== 'PUBLISH') return { title: '', text: '', cut: false };
  const { text, form, cut } = readable(packet.payload, mostShown);
  const topic = item.topic ?? packet.topic;
  const values = { topic, count: packet.payload.length };
  const title = words(`panels.messages.payload.${form}`, values);
  return { title, text: text === '' ? words('workbench.payload.empty') : text, cut };
}
