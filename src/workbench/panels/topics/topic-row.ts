import type { Words } from '../../i18n/words.ts';
import { previewOf } from '../../trace/payload-preview.ts';
import { iconView } from '../../ui/icons.ts';
import { type RowAttributes, treeRow } from '../../ui/row-attributes.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import type { TopicRow } from './topic-rows.ts';

/** One level of the tree: its name, how many messages, the last of them, what the filter says. */
export function topicRow(
  { node, open, matches }: TopicRow,
  attributes: RowAttributes,
  words: Words,
): TemplateResult {
  const count = open === false ? node.countBelow : node.count;
  const isNameless = node.level === '';
  const hit = () =>
    html`<span class="wb-topic-hit">${iconView('true')}${words('panels.topics.hit')}</span>`;
  const retained = () => html`<span class="wb-mark">${words('workbench.packets.retained')}</span>`;
  const last = (payload: Uint8Array) =>
    html`<span class="wb-packet-text">${textOf(payload, words)}</span>`;
  return html`<div
    ${treeRow(attributes)}
    class="wb-packet wb-topic-row"
    data-topic=${node.topic}
    data-matches=${matches ?? nothing}
    aria-level=${node.depth + 1}
    aria-expanded=${open ?? nothing}
  >
    <span
      class="wb-topic-level"
      .style=${`padding-inline-start:${Math.min(node.depth, 15) * 16}px`}
    >
      <span class="wb-topic-fold" aria-hidden="true"></span>
      <span class="wb-topic-name ${isNameless ? 'wb-topic-nameless' : ''}"
        >${isNameless ? words('panels.topics.empty-level') : node.level}</span
      >
      ${matches === true ? hit() : nothing}
    </span>
    <span class="wb-topic-count">${count > 0 ? count : nothing}</span>
    <span class="wb-packet-what">
      ${node.retained ? retained() : nothing} ${node.last ? last(node.last.payload) : nothing}
    </span>
  </div>`;
}

const textOf = (payload: Uint8Array, words: Words): string =>
  payload.length === 0 ? words('workbench.payload.empty') : previewOf(payload);
