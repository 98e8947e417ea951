import type { Words } from '../../i18n/words.ts';
import { secondsOf } from '../../trace/packet-rows.ts';
import { readable } from '../../trace/payload-preview.ts';
import { iconView } from '../../ui/icons.ts';
import { guard, html, keyed, nothing, type TemplateResult } from '../../ui/view.ts';
import { detailHead } from '../detail/detail-head.ts';
import { explain, type LevelPair } from './explain.ts';
import type { TopicNode } from './topic-tree.ts';

/**
 * The selected topic: its last message, and what the filter makes of each of its levels. `filter` is
 * a valid one, or undefined.
 */
export function topicDetail(
  node: TopicNode | undefined,
  filter: string | undefined,
  onClose: () => void,
  words: Words,
): TemplateResult {
  const key = (event: KeyboardEvent) => event.key === 'Escape' && onClose();
  const state = node && [node.topic, filter, node.count, node.retained, node.last?.at];
  return html`<div
    class="wb-detail wb-topic-detail"
    ?hidden=${node === undefined}
    role="group"
    aria-label=${words('panels.topics.detail')}
    @keydown=${key}
  >
    ${guard([node, ...(state ?? [])], () => (node ? keyed(node.topic, inFull(node)) : nothing))}
  </div>`;

  function inFull(shown: TopicNode) {
    const title = html`<code class="wb-topic">${shown.topic}</code>`;
    const isExplained = filter !== undefined && shown.isTopic;
    return html`${detailHead(title, onClose, words)}
    ${isExplained ? explanation(filter, shown.topic, words) : nothing} ${lastMessage(shown, words)}`;
  }
}

function lastMessage({ last, count, retained }: TopicNode, words: Words): TemplateResult {
  if (!last) return html`<p class="wb-empty">${words('panels.topics.level-only')}</p>`;
  const { text, cut } = readable(last.payload, 600);
  const status =
    count > 0
      ? words('panels.topics.last', { count, seconds: secondsOf(last.at) })
      : words('panels.topics.kept');
  const full = text === '' ? words('workbench.payload.empty') : text + (cut ? '…' : '');
  return html`<div>
    <p class="wb-topic-said">
      ${status} ${retained ? words('panels.topics.is-retained') : nothing}
    </p>
    <pre class="wb-item-text" tabindex="0">${full}</pre>
  </div>`;
}

function explanation(filter: string, topic: string, words: Words): TemplateResult {
  const { matches, group, levels } = explain(filter, topic);
  const t = (key: string, values?: Record<string, string>) => words(`panels.topics.${key}`, values);
  const heads = ['level', 'filter', 'topic', 'verdict'];
  return html`<div class="wb-why" data-matches=${matches}>
    <p>
      <strong>${t(matches ? 'matches' : 'no-match')}</strong>
      ${group === undefined ? nothing : t('group', { group })}
    </p>
    <div class="wb-why-scroll" tabindex="0" role="region" aria-label=${t('levels')}>
      <table>
        <tbody>
          <tr>
            ${heads.map((head) => html`<th scope="col">${t(head)}</th>`)}
          </tr>
          ${levels.map((pair, index) => levelRow(pair, index, words))}
        </tbody>
      </table>
    </div>
  </div>`;
}

/** An empty level is a level: it must be seen. */
function cell(level: string | undefined, words: Words): TemplateResult {
  if (level === undefined) return html`<td>–</td>`;
  if (level === '') return html`<td><em>${words('panels.topics.empty-level')}</em></td>`;
  return html`<td><code>${level}</code></td>`;
}

const against = new Set<LevelPair['verdict']>(['differs', 'more', 'beyond', 'dollar']);

function levelRow({ wanted, found, verdict }: LevelPair, index: number, words: Words) {
  const tone = verdict === 'after' ? 'after' : against.has(verdict) ? 'no' : 'yes';
  const sign = { yes: iconView('true'), no: iconView('close'), after: nothing }[tone];
  return html`<tr data-tone=${tone}>
    <td>${index + 1}</td>
    ${cell(wanted, words)} ${cell(found, words)}
    <td>${sign} ${words(`panels.topics.verdict.${verdict}`)}</td>
  </tr>`;
}
