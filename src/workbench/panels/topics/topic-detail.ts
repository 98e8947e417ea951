import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { readable } from '../../trace/payload-preview.ts';
import { explain, type LevelPair } from './explain.ts';
import type { TopicNode } from './topic-tree.ts';

/** The selected topic: its last message, and what the filter makes of each of its levels. */
export function createTopicDetail(words: Words, onClose: () => void) {
  const element = h('div', {
    class: 'wb-detail wb-topic-detail',
    hidden: true,
    role: 'group',
    'aria-label': words('panels.topics.detail'),
    onkeydown: (event: KeyboardEvent) => event.key === 'Escape' && onClose(),
  });
  let drawn = '';
  return {
    element,
    /** `filter` is a valid one, or undefined. */
    show(node: TopicNode | undefined, filter: string | undefined): void {
      element.hidden = node === undefined;
      const state = node && JSON.stringify([node.topic, filter, node.count, node.retained, node.last?.at]);
      if (state === drawn) return;
      drawn = state ?? '';
      if (!node) return element.replaceChildren();
      const hadFocus = element.contains(document.activeElement);
      const close = h(
        'button',
        { type: 'button', class: 'wb-plain', 'aria-label': words('workbench.detail.close'), onclick: onClose },
        icon('close'),
      );
      element.replaceChildren(
        h('div', { class: 'wb-detail-head' }, h('code', { class: 'wb-topic' }, node.topic), close),
        ...(filter !== undefined && node.isTopic ? [explanation(filter, node.topic, words)] : []),
        lastMessage(node, words),
      );
      if (hadFocus) close.focus();
    },
  };
} // prettier-ignore

function lastMessage(node: TopicNode, words: Words): HTMLElement {
  const { last } = node;
  if (!last) return h('p', { class: 'wb-empty' }, words('panels.topics.level-only'));
  const { text, cut } = readable(last.payload, 600);
  const status =
    node.count > 0
      ? words('panels.topics.last', { count: node.count, seconds: secondsOf(last.at) })
      : words('panels.topics.kept');
  return h(
    'div',
    {},
    h('p', { class: 'wb-topic-said' }, status, ' ', node.retained && words('panels.topics.is-retained')),
    h('pre', { class: 'wb-item-text', tabindex: 0 }, text === '' ? words('workbench.payload.empty') : text + (cut ? '…' : '')),
  );
} // prettier-ignore

function explanation(filter: string, topic: string, words: Words): HTMLElement {
  const { matches, group, levels } = explain(filter, topic);
  return h(
    'div',
    { class: 'wb-why', 'data-matches': String(matches) },
    h('p', {}, h('strong', {}, words(matches ? 'panels.topics.matches' : 'panels.topics.no-match')), ' ', group !== undefined && words('panels.topics.group', { group })),
    h(
      'div',
      { class: 'wb-why-scroll', tabindex: 0, role: 'region', 'aria-label': words('panels.topics.levels') },
      h(
        'table',
        {},
        h('tr', {}, h('th', { scope: 'col' }, words('panels.topics.level')), ...['filter', 'topic', 'verdict'].map((key) => h('th', { scope: 'col' }, words(`panels.topics.${key}`)))),
        ...levels.map((pair, index) => levelRow(pair, index, words)),
      ),
    ),
  );
} // prettier-ignore

/** An empty level is a level: it must be seen. */
const cell = (level: string | undefined, words: Words): HTMLElement =>
  h(
    'td',
    {},
    level === undefined
      ? '–'
      : level === ''
        ? h('em', {}, words('panels.topics.empty-level'))
        : h('code', {}, level),
  );

const against = new Set<LevelPair['verdict']>(['differs', 'more', 'beyond', 'dollar']);

function levelRow({ wanted, found, verdict }: LevelPair, index: number, words: Words): HTMLElement {
  const tone = verdict === 'after' ? 'after' : against.has(verdict) ? 'no' : 'yes';
  return h(
    'tr',
    { 'data-tone': tone },
    h('td', {}, String(index + 1)),
    cell(wanted, words),
    cell(found, words),
    h('td', {}, tone === 'yes' ? icon('true') : tone === 'no' ? icon('close') : '', ' ', words(`panels.topics.verdict.${verdict}`)),
  );
} // prettier-ignore
