import type { Words } from '../../i18n/words.ts';
import { html, type TemplateResult } from '../../ui/view.ts';
import { toolView, topicFieldView } from '../panel-tools.ts';
import { topicDetail } from './topic-detail.ts';
import type { TopicNode } from './topic-tree.ts';

export interface TopicsModel {
  /** What the field shows at first. */
  text: string;
  /** What is typed is no topic filter. */
  isInvalid: boolean;
  /** What is typed, if it is a topic filter. */
  filter: string | undefined;
  /** How many topics there are, or why what is typed is no filter. */
  status: string;
  /** What the tree does not know, a sentence each. */
  unknown: readonly string[];
  hasRows: boolean;
  /** Drawn by itself. */
  tree: HTMLElement;
  selected: TopicNode | undefined;
}
export interface TopicsActions {
  type(text: string): void;
  close(): void;
}

/** The topics panel: a filter to try, the tree, and the selected topic. */
export function topicsView(model: TopicsModel, on: TopicsActions, words: Words): TemplateResult {
  const { text, isInvalid, filter, status, unknown, hasRows, tree, selected } = model;
  const field = topicFieldView('home/+/light', on.type, { value: text, isInvalid });
  return html`
    <div class="wb-tools">
      ${toolView(words('panels.topics.try'), field)}
      <p class="wb-tools-say" role="status">${status}</p>
    </div>
    <p class="wb-left-out" ?hidden=${unknown.length === 0}>${unknown.join(' ')}</p>
    <div class="wb-packets-view">
      <p class="wb-empty" ?hidden=${hasRows}>${words('panels.topics.empty')}</p>
      ${tree}
    </div>
    ${topicDetail(selected, filter, on.close, words)}
  `;
}
