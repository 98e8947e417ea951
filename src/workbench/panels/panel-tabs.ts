import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import { html, nothing, repeat, type TemplateResult } from '../ui/view.ts';
import { awayView, type DockActions, secondDock } from './dock-views.ts';
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
  /** The panel of the second dock. */
  second: PanelName | undefined;
  /** All panels, for the choice of the second dock. */
  options: readonly { name: PanelName; label: string }[];
  /** Undefined until its words are there. */
  docks:
    | {
        words: Words;
        tools: TemplateResult;
        /** In a window of its own. */
        isAway(name: PanelName): boolean;
        canLeave(name: PanelName): boolean;
      }
    | undefined;
  /** What stands above and below all panels. */
  head: HTMLElement;
  foot: HTMLElement;
}
export interface PanelTabsActions extends DockActions {
  show(name: PanelName): void;
  key(event: KeyboardEvent): void;
  retry(name: PanelName): void;
}

/** The tabs of the panels, and the tab panel of each. */
export function panelTabs(
  { layout, tabs, menu, beside, news, second, options, docks, head, foot }: PanelTabsModel,
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
      ${docks?.tools ?? nothing} ${menu}
    </div>
    ${head}
    <div class="wb-panel-bodies" ?hidden=${layout.front === undefined}>
      ${repeat(
        [...tabs].filter(([name]) => name !== second),
        ([name]) => name,
        ([name, tab]) => bodyView(name, tab),
      )}
    </div>
    ${foot} ${second === undefined ? nothing : secondView(second, tabs.get(second)!)}
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
  function secondView(name: PanelName, tab: PanelTab) {
    if (!docks) return nothing;
    const model = { name, options, label: tab.label, canLeave: docks.canLeave(name) };
    return secondDock({ ...model, body: besideView(name, tab) }, on, docks.words);
  }
  /** The panel's element names itself. */
  function besideView(name: PanelName, tab: PanelTab) {
    const { isBusy, content } = contentOf(name, tab);
    return html`<div
      id=${tab.id}
      class="wb-panel-body"
      data-panel=${name}
      translate="no"
      aria-busy=${isBusy ? 'true' : nothing}
    >
      ${content}
    </div>`;
  }
  function contentOf(name: PanelName, { content, state }: PanelTab) {
    const isBusy = state === 'loading' || state === 'retrying';
    const hasFailed = state === 'failed' || state === 'retrying';
    if (docks?.isAway(name)) return { isBusy, content: awayView(name, on, docks.words) };
    return { isBusy, content: hasFailed ? failure(name) : content };
  }
  function bodyView(name: PanelName, tab: PanelTab) {
    const { isBusy, content } = contentOf(name, tab);
    return html`<div
      id=${tab.id}
      class="wb-panel-body"
      role="tabpanel"
      aria-labelledby="${tab.id}-tab"
      data-panel=${name}
      translate="no"
      aria-busy=${isBusy ? 'true' : nothing}
      ?hidden=${name !== layout.front}
    >
      ${content}
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
