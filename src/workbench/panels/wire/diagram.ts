import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { createSelectableList } from '../../ui/selectable-list.ts';
import { html, render } from '../../ui/view.ts';
import type { Exchange } from './exchanges.ts';
import { createHeads, headsOf } from './heads.ts';
import { type WireLayout, layoutOf } from './layout.ts';
import { rowView } from './row-view.ts';
import type { WireRow } from './wire-rows.ts';
import type { WireView } from './wire-view.ts';

const zooms = [0.75, 1, 1.25, 1.5, 2];
/** More rows than these at once are not drawn one by one before the reader's eyes. */
const mostMoving = 8;

/** What is to be drawn. */
export interface DiagramState {
  /** How many of the view's rows, oldest first. */
  count: number;
  selected: WireRow | undefined;
  /** The exchange that is looked at. */
  exchange: Exchange | undefined;
  /** New rows are drawn before the reader's eyes. */
  moving: boolean;
}

/** The heads and the rows: a listbox of sentences, and the drawing of each. It decides nothing. */
export function createDiagram(
  view: WireView,
  words: Words,
  on: {
    select(row: WireRow | undefined): void;
    /** A key that the list itself has no use for; true if it was used. */
    key(key: string): boolean;
    arranged(): void;
  },
) {
  let zoom = 1;
  let layout: WireLayout = layoutOf([], [], { width: 0, zoom });
  let arranged = '';
  let state: DiagramState = { count: 0, selected: undefined, exchange: undefined, moving: false };
  let newest = 0;
  let movingFrom = Infinity;

  const heads = createHeads();
  const box = h('div', { class: 'wb-wire-view' });
  const list = createSelectableList({
    class: 'wb-wire-list',
    label: words('wire-panel.label'),
    name: 'wire',
    followText: words('wire-panel.follow'),
    rowHeight: () => layout.rowHeight,
    // The list may draw by itself, when it is scrolled, before `draw` removes rows that are gone.
    count: () => Math.min(state.count, view.shown.length),
    selected: () => state.selected && view.shown.indexOf(state.selected),
    signature: (index) => {
      const row = view.shown[index]!;
      const isNewest = index === state.count - 1;
      return `${row.n} ${row.fault} ${index} ${state.exchange?.id} ${isNewest}`;
    },
    render: (index, attributes) => {
      const row = view.shown[index]!;
      const { exchange } = state;
      return rowView(row, attributes, {
        view,
        words,
        layout,
        exchange,
        isNew: row.n >= movingFrom,
        isNewest: index === state.count - 1,
      });
    },
    select: (index) => on.select(index === undefined ? undefined : view.shown[index]),
    onKey: ({ key }) => on.key(key),
  });
  const { element } = list;
  element.addEventListener('scroll', () => heads.scrollTo(element.scrollLeft));

  /** Columns stand anew if there is another one, another width or another zoom. */
  function arrange(): void {
    const { columns } = view;
    const width = element.clientWidth;
    const wanted = `${view.arrangement} ${width} ${zoom}`;
    if (wanted === arranged) return;
    arranged = wanted;
    const side = (of: 'left' | 'right') => columns.filter((column) => column.side === of);
    layout = layoutOf(side('left'), side('right'), { width, zoom });
    element.style.setProperty('--wb-wire-width', `${layout.width}px`);
    element.style.setProperty('--wb-wire-gutter', `${layout.gutter}px`);
    element.style.setProperty('--wb-wire-text', `${layout.fontSize}px`);
    list.clear();
    heads.draw(headsOf(columns, view.trace.columns, words), layout, words);
    on.arranged();
  }

  function drawBox(): void {
    const isEmpty = view.shown.length === 0;
    const why = view.trace.rows.length === 0 ? 'wire-panel.empty' : 'wire-panel.nothing-shown';
    element.hidden = isEmpty;
    heads.element.hidden = isEmpty;
    render(
      html`<p class="wb-empty" ?hidden=${!isEmpty}>${words(why)}</p>
        ${element} ${list.followButton}`,
      box,
    );
  }

  return {
    heads: heads.element,
    box,
    get layout() {
      return layout;
    },
    draw(next: DiagramState): void {
      const selectedBefore = state.selected;
      state = next;
      drawBox();
      arrange();
      const last = view.shown[state.count - 1]?.n ?? 0;
      const fresh = state.count - (view.shown.findLastIndex(({ n }) => n <= newest) + 1);
      movingFrom = state.moving && fresh <= mostMoving ? newest + 1 : Infinity;
      newest = last;
      list.draw();
      movingFrom = Infinity;
      if (state.selected !== selectedBefore) list.point();
    },
    /** Rows are no longer at their places. */
    clear: () => list.clear(),
    /** Nothing has been drawn yet of this run. */
    begin(): void {
      newest = 0;
      state = { ...state, count: 0 };
      list.follow();
    },
    follow: () => list.follow(),
    zoom(by: 1 | -1): void {
      zoom = zooms[Math.max(0, Math.min(zooms.length - 1, zooms.indexOf(zoom) + by))]!;
      this.draw(state);
      list.point();
    },
    focus: list.focus,
    onResize(listener: () => void): () => void {
      const observer = new ResizeObserver(listener);
      observer.observe(element);
      return () => observer.disconnect();
    },
  };
}
