import type { Words } from '../../i18n/words.ts';
import { h, newId } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { VirtualList } from '../../ui/virtual-list.ts';
import type { Exchange } from './exchanges.ts';
import { createHeads, headsOf } from './heads.ts';
import { placeOfKey } from './keys.ts';
import { type Layout, layoutOf } from './layout.ts';
import { rowElement } from './row-element.ts';
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
    /** A key that the list itself has no use for; true where it was used. */
    key(key: string): boolean;
    arranged(): void;
  },
) {
  const id = newId('wire');
  let zoom = 1;
  let layout: Layout = layoutOf([], [], { width: 0, zoom });
  let arranged = '';
  let state: DiagramState = { count: 0, selected: undefined, exchange: undefined, moving: false };
  let newest = 0;
  let movingFrom = Infinity;

  const list = h('div', {
    class: 'wb-wire-list',
    role: 'listbox',
    tabindex: 0,
    'aria-label': words('wire-panel.label'),
    onkeydown: (event: KeyboardEvent) => onKey(event),
    onclick: (event: MouseEvent) => {
      const at = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
      if (at !== undefined) on.select(view.shown[Number(at)]);
    },
    onscroll: () => heads.scrollTo(list.scrollLeft),
  });
  const heads = createHeads();
  const empty = h('p', { class: 'wb-empty' });
  const follow = h(
    'button',
    { type: 'button', class: 'wb-follow', hidden: true, onclick: () => virtual.follow() },
    icon('down'),
    words('wire-panel.follow'),
  );
  const virtual = new VirtualList(list, {
    rowHeight: () => layout.rowHeight,
    // The list may draw by itself, when it is scrolled, before it is told of rows that are gone.
    count: () => Math.min(state.count, view.shown.length),
    signature: (index) => {
      const row = view.shown[index]!;
      return `${row.n} ${row.fault} ${index} ${row === state.selected} ${state.exchange?.id}`;
    },
    render: (index) => {
      const isNew = view.shown[index]!.n >= movingFrom;
      return rowElement(index, { id: `${id}-${index}`, view, words, layout, ...state, isNew });
    },
    onFollow: (following) => (follow.hidden = following),
  });

  /** Columns stand anew where there is another one, another width or another zoom. */
  function arrange(): void {
    const { columns } = view;
    const width = list.clientWidth;
    const wanted = `${view.arrangement} ${width} ${zoom}`;
    if (wanted === arranged) return;
    arranged = wanted;
    const side = (of: 'left' | 'right') => columns.filter((column) => column.side === of);
    layout = layoutOf(side('left'), side('right'), { width, zoom });
    list.style.setProperty('--wb-wire-width', `${layout.width}px`);
    list.style.setProperty('--wb-wire-gutter', `${layout.gutter}px`);
    list.style.setProperty('--wb-wire-text', `${layout.fontSize}px`);
    virtual.clear();
    heads.draw(headsOf(columns, view.trace.columns, words), layout, words);
    on.arranged();
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { count, selected } = state;
    const at = selected ? view.shown.indexOf(selected) : undefined;
    const to = placeOfKey(
      event.key,
      at,
      count - 1,
      Math.floor(list.clientHeight / layout.rowHeight),
    );
    if (to !== undefined) on.select(view.shown[to]);
    else if (event.key === 'Escape' && selected) on.select(undefined);
    else if (!on.key(event.key)) return;
    event.preventDefault();
  }

  const box = h('div', { class: 'wb-wire-view' }, empty, list, follow);
  return {
    elements: [heads.element, box],
    get layout() {
      return layout;
    },
    draw(next: DiagramState): void {
      const selectedBefore = state.selected;
      state = next;
      const nothing = view.shown.length === 0;
      empty.textContent = words(view.trace.rows.length === 0 ? 'wire-panel.empty' : 'wire-panel.nothing-shown'); // prettier-ignore
      empty.hidden = !nothing;
      list.hidden = nothing;
      heads.element.hidden = nothing;
      arrange();
      const last = view.shown[state.count - 1]?.n ?? 0;
      const fresh = state.count - (view.shown.findLastIndex(({ n }) => n <= newest) + 1);
      movingFrom = state.moving && fresh <= mostMoving ? newest + 1 : Infinity;
      newest = last;
      virtual.draw();
      movingFrom = Infinity;
      if (state.selected !== selectedBefore) point();
    },
    /** Rows are no longer at their places. */
    clear: () => virtual.clear(),
    /** Nothing has been drawn yet of this run. */
    begin(): void {
      newest = 0;
      state = { ...state, count: 0 };
      virtual.follow();
    },
    follow: () => virtual.follow(),
    zoom(by: 1 | -1): void {
      zoom = zooms[Math.max(0, Math.min(zooms.length - 1, zooms.indexOf(zoom) + by))]!;
      this.draw(state);
      point();
    },
    focus: () => list.focus(),
    onResize(listener: () => void): () => void {
      const observer = new ResizeObserver(listener);
      observer.observe(list);
      return () => observer.disconnect();
    },
  };

  /** The selected row comes into sight and is what a screen reader speaks of. */
  function point(): void {
    const index = state.selected ? view.shown.indexOf(state.selected) : -1;
    if (index < 0) return list.removeAttribute('aria-activedescendant');
    virtual.show(index);
    virtual.stopFollowing();
    list.setAttribute('aria-activedescendant', `${id}-${index}`);
  }
}
