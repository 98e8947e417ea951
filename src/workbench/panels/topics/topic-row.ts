import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import type { TopicRow } from './topic-rows.ts';

/** One level of the tree: its name, how many messages, the last of them, what the filter says. */
export function topicRow({ node, open, matches }: TopicRow, words: Words): HTMLElement {
  const count = open === false ? node.countBelow : node.count;
  return h(
    'div',
    {
      class: 'wb-packet wb-topic-row',
      role: 'treeitem',
      'data-topic': node.topic,
      'data-matches': matches === undefined ? undefined : String(matches),
      'aria-level': node.depth + 1,
      'aria-expanded': open === undefined ? undefined : String(open),
    },
    h(
      'span',
      {
        class: 'wb-topic-level',
        style: `padding-inline-start: ${Math.min(node.depth, 15) * 16}px`,
      },
      h('span', { class: 'wb-topic-fold', 'aria-hidden': 'true' }),
      h(
        'span',
        { class: node.level === '' ? 'wb-topic-name wb-topic-nameless' : 'wb-topic-name' },
        node.level === '' ? words('panels.topics.empty-level') : node.level,
      ),
      matches === true &&
        h('span', { class: 'wb-topic-hit' }, icon('true'), words('panels.topics.hit')),
    ),
    h('span', { class: 'wb-topic-count' }, count > 0 ? String(count) : ''),
    h(
      'span',
      { class: 'wb-packet-what' },
      node.retained && h('span', { class: 'wb-mark' }, words('workbench.packets.retained')),
      node.last && h('span', { class: 'wb-packet-text' }, lastOf(node.last.payload, words)),
    ),
  );
}

const lastOf = (payload: Uint8Array, words: Words): string =>
  payload.length === 0 ? words('workbench.payload.empty') : previewOf(payload);
