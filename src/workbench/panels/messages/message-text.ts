import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { readPacket } from '../../trace/clients.ts';
import { readable } from '../../trace/payload-preview.ts';
import type { MessageItem } from './message-items.ts';

/** Characters, or bytes in hexadecimal, that are shown of one message. */
const mostShown = 4_000;

/** One message in full: what does not fit into a line. */
export function createMessageText(words: Words, onClose: () => void) {
  const element = h('div', {
    class: 'wb-detail',
    hidden: true,
    role: 'group',
    'aria-label': words('panels.messages.full'),
    onkeydown: (event: KeyboardEvent) => event.key === 'Escape' && onClose(),
  });
  return {
    element,
    show(item: MessageItem | undefined): void {
      element.hidden = item === undefined;
      if (!item) return element.replaceChildren();
      const { title, text, cut } = contentOf(item, words);
      element.replaceChildren(
        h(
          'div',
          { class: 'wb-detail-head' },
          h('span', {}, title),
          h(
            'button',
            {
              type: 'button',
              class: 'wb-plain',
              'aria-label': words('workbench.detail.close'),
              onclick: onClose,
            },
            icon('close'),
          ),
        ),
        h('pre', { class: 'wb-item-text', tabindex: 0 }, text + (cut ? '…' : '')),
      );
    },
  };
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
