import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import { html, nothing, repeat, type TemplateResult } from '../ui/view.ts';
import type { PanelLayout } from './panel-layout.ts';

export interface PanelTab {
  /** Element id of the tab panel. */
  id: string;
  label: string;
  /** Undefined until the panel is loaded. */
  content: HTMLElement | undefined;
  state: 'new' | 'loading' | 'loaded' | 'failed' | 'retrying';
}
export interface PanelTabsModel {
  layout: PanelLayout;
  /** Panels that have been open, in any order: a closed one keeps its state. */
  tabs: ReadonlyMap<PanelName, PanelTab>;
  /** The menu of all panels. */
  menu: HTMLElement;
  /** What stands beside the tabs. */
  beside: HTMLElement | undefined;
  /** Of the output. */
  news: { count: number; isWrong: boolean } | undefined;
  /** What stands above and below all panels. */
  head: HTMLElement;
  foot: HTMLElement;
}
export interface PanelTabsActions {
  show(name: PanelName): void;
  key(event: KeyboardEvent): void;
  retry(name: PanelName): void;
}

/** The tabs of the panels, and the tab panel of each. */
export function panelTabs(
  { layout, tabs, menu, beside, news, head, foot }: PanelTabsModel,
  on: PanelTabsActions,
  words: Words,
): TemplateResult {
  return html`
    ${beside ?? nothing}
    <div class="wb-panel-bar">
      <div
        class="wb-panel-tabs"
        role="tablist"
        aria-label=${words('workbench.panels')}
        @keydown=${on.key}
      >
        ${repeat(
          layout.open,
          (name) => name,
          (name) => tabView(name, tabs.get(name)!),
        )}
      </div>
      ${menu}
    </div>
    ${head}
    <div class="wb-panel-bodies" ?hidden=${layout.front === undefined}>
      ${repeat(
        tabs,
        ([name]) => name,
        ([name, tab]) => bodyView(name, tab),
      )}
    </div>
    ${foot}
  `;

  function tabView(name: PanelName, { id, label }: PanelTab) {
    const isFront = name === layout.front;
    return html`<button
      type="button"
      class="wb-panel-tab"
      role="tab"
      id="${id}-tab"
      aria-controls=${id}
      data-panel=${name}
      aria-selected=${isFront}
      tabindex=${isFront ? 0 : -1}
      @click=${() => on.show(name)}
    >
      ${label}${name === 'output' && !isFront ? newsView() : nothing}
    </button>`;
  }
  /** The lines themselves are read from the log: here they are only counted. */
  function newsView() {
    if (!news || news.count === 0) return nothing;
    return html`<span
      class="wb-tab-news"
      data-tone=${news.isWrong ? 'wrong' : 'plain'}
      aria-hidden="true"
      >${news.count > 999 ? '999+' : news.count}</span
    >`;
  }
  function bodyView(name: PanelName, { id, content, state }: PanelTab) {
    const isBusy = state === 'loading' || state === 'retrying';
    const hasFailed = state === 'failed' || state === 'retrying';
    return html`<div
      id=${id}
      class="wb-panel-body"
      role="tabpanel"
      aria-labelledby="${id}-tab"
      data-panel=${name}
      translate="no"
      aria-busy=${isBusy ? 'true' : nothing}
      ?hidden=${name !== layout.front}
    >
      ${hasFailed ? failure(name) : content}
    </div>`;
  }
  function failure(name: PanelName) {
    return html`<p class="wb-empty" role="status">
      ${words('workbench.panels.failed')}
      <button type="button" class="wb-link" @click=${() => on.retry(name)}>
        ${words('workbench.try-again')}
      </button>
    </p>`;
  }
}
