import './diagram.css';
import './wire.css';
import { h, newId, setText } from '../dom.ts';
import { icon } from '../icons.ts';
import { createPacketDetail } from '../packet-detail.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { VirtualList } from '../virtual-list.ts';
import { createControls } from './controls.ts';
import { createHeads, headsOf } from './heads.ts';
import { createHeld } from './held.ts';
import { layoutOf, type Layout } from './layout.ts';
import { Playback } from './playback.ts';
import { rowElement } from './row-element.ts';
import { saveJson, saveSvg } from './saving.ts';
import { placeOfKey } from './keys.ts';
import { createTools } from './tools.ts';
import { WireView } from './wire-view.ts';
import type { WireRow } from './wire-rows.ts';

const zooms = [0.75, 1, 1.25, 1.5, 2];
/** More rows than these at once are not drawn one by one before the reader's eyes. */
const mostMoving = 8;

/** A sequence diagram of the run, drawn as its packets pass. */
export function createWirePanel({ record, words }: PanelContext): Panel {
  const view = new WireView();
  const playback = new Playback();
  const id = newId('wire');
  let zoom = 1;
  let layout: Layout = layoutOf([], [], { width: 0, zoom });
  let arranged = '';
  let selected: WireRow | undefined;
  let newest = 0;
  let movingFrom = Infinity;
  let frame = 0;
  let isShown = false;

  const list = h('div', {
    class: 'wb-wire-list',
    role: 'listbox',
    tabindex: 0,
    'aria-label': words('wire-panel.label'),
    onkeydown: (event: KeyboardEvent) => onKey(event),
    onclick: (event: MouseEvent) => {
      const at = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
      if (at !== undefined) select(view.shown[Number(at)]);
    },
    onscroll: () => heads.scrollTo(list.scrollLeft),
  });
  const heads = createHeads();
  const held = createHeld(words);
  const empty = h('p', { class: 'wb-empty' });
  const leftOut = h('p', { class: 'wb-left-out', hidden: true });
  const follow = h('button', { type: 'button', class: 'wb-follow', hidden: true, onclick: () => virtual.follow() }, icon('down'), words('wire-panel.follow')); // prettier-ignore
  const detail = createPacketDetail(words, () => {
    select(undefined);
    list.focus();
  });
  const tools = createTools(words, {
    filter: (filter) => {
      view.setFilter(filter);
      virtual.clear();
      draw();
    },
    saveSvg: () => saveSvg(view.shown.slice(0, count()), { view, layout, words, element }),
    saveJson: () => saveJson(view.shown.slice(0, count()), view, words),
  });
  const controls = createControls(
    words,
    {
      toggle: () =>
        move(() => (playback.mode === 'paused' ? playback.live() : playback.pause(view.shown))),
      step: (by) => move(() => playback.step(view.shown, by)),
      play: () => move(() => playback.play(view.shown)),
      speed: (speed) => (playback.speed = speed),
      zoom: (by) => setZoom(by),
    },
    tools.element,
  );
  const element = h(
    'section',
    { class: 'wb-wire', 'aria-label': words('wire-panel.title') },
    controls.element,
    tools.element,
    leftOut,
    heads.element,
    h('div', { class: 'wb-wire-view' }, empty, list, follow),
    held.element,
    detail.element,
  );
  const virtual = new VirtualList(list, {
    rowHeight: () => layout.rowHeight,
    count: () => count(),
    signature: (index) => {
      const row = view.shown[index]!;
      return `${row.n} ${row.fault} ${index} ${row === selected} ${chosenExchange()?.id}`;
    },
    render: (index) =>
      rowElement(index, {
        id: `${id}-${index}`,
        view,
        words,
        layout,
        selected,
        exchange: chosenExchange(),
        isNew: view.shown[index]!.n >= movingFrom,
      }),
    onFollow: (following) => (follow.hidden = following),
  });

  const count = (): number => playback.count(view.shown);
  /** The row that the words are about: the selected one, or where a stopped replay stands. */
  const current = (): WireRow | undefined =>
    selected ?? (playback.mode === 'live' ? undefined : view.shown[count() - 1]);
  const chosenExchange = () => current()?.exchange;

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
    tools.clients(
      headsOf(view.trace.columns.all, view.trace.columns, words)
        .filter(({ column }) => column !== '')
        .map(({ column, name }) => ({ key: column, name })),
    );
  }

  function draw(): void {
    if (!isShown) return;
    const shown = count();
    const nothing = shown === 0;
    const isEmpty = view.trace.rows.length === 0;
    setText(empty, words(isEmpty ? 'wire-panel.empty' : 'wire-panel.nothing-shown'));
    empty.hidden = !isEmpty && !(nothing && view.shown.length === 0);
    list.hidden = !empty.hidden;
    heads.element.hidden = isEmpty;
    arrange();
    const last = view.shown[shown - 1]?.n ?? 0;
    const first = view.shown.findLastIndex(({ n }) => n <= newest) + 1;
    const moves = playback.mode !== 'paused' && last > newest && shown - first <= mostMoving;
    movingFrom = moves ? newest + 1 : Infinity;
    newest = Math.max(newest, last);
    if (playback.mode !== 'live') newest = last;
    virtual.draw();
    movingFrom = Infinity;
    controls.show(playback.mode, view.shown.length - shown);
    const row = current();
    const about = row ?? view.shown[shown - 1];
    held.show(view.trace.hasExchanges ? about : undefined, row !== undefined, view.trace);
  }

  function select(row: WireRow | undefined): void {
    selected = row;
    const index = row ? view.shown.indexOf(row) : -1;
    detail.show(row && 'bytes' in row.entry ? row.entry : undefined);
    if (index < 0) list.removeAttribute('aria-activedescendant');
    else {
      virtual.show(index);
      virtual.stopFollowing();
      list.setAttribute('aria-activedescendant', `${id}-${index}`);
    }
    draw();
  }

  /** Changes how far is drawn; what was selected is left, because the eye is elsewhere now. */
  function move(change: () => void): void {
    selected = undefined;
    detail.show(undefined);
    list.removeAttribute('aria-activedescendant');
    change();
    if (playback.mode !== 'live') virtual.follow();
    draw();
    cancelAnimationFrame(frame);
    if (playback.mode === 'playing') frame = requestAnimationFrame((now) => tick(now, now));
  }
  function tick(now: number, before: number): void {
    const shown = count();
    playback.tick(view.shown, now - before);
    if (count() !== shown || playback.mode !== 'playing') draw();
    if (playback.mode === 'playing') frame = requestAnimationFrame((next) => tick(next, now));
  }

  function setZoom(by: 1 | -1): void {
    zoom = zooms[Math.max(0, Math.min(zooms.length - 1, zooms.indexOf(zoom) + by))]!;
    const index = current() ? view.shown.indexOf(current()!) : -1;
    draw();
    if (index >= 0) virtual.show(index);
  }

  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const last = count() - 1;
    if (event.key === ' ')
      move(() => (playback.mode === 'paused' ? playback.live() : playback.pause(view.shown)));
    else if (event.key === '+' || event.key === '-') setZoom(event.key === '+' ? 1 : -1);
    else if (event.key === 'Escape' && selected) select(undefined);
    else {
      const at = selected ? view.shown.indexOf(selected) : undefined;
      const rows = Math.floor(list.clientHeight / layout.rowHeight);
      const to = placeOfKey(event.key, at, last, rows);
      if (to === undefined) return;
      select(view.shown[to]);
    }
    event.preventDefault();
  }

  function update(): void {
    const { generation } = view;
    if (!view.sync(record)) virtual.clear();
    if (view.generation !== generation) {
      playback.reset();
      newest = 0;
      virtual.follow();
    }
    leftOut.hidden = record.entriesLeftOut === 0;
    setText(leftOut, words('wire-panel.left-out', { count: record.entriesLeftOut }));
    // The row may be of the run before, or forgotten, or filtered away.
    if (selected && !view.shown.includes(selected)) select(undefined);
    else draw();
  }

  const unsubscribe = record.subscribe(update);
  const resized = new ResizeObserver(() => draw());
  resized.observe(list);
  update();
  return {
    element,
    show() {
      isShown = true;
      draw();
    },
    hide() {
      isShown = false;
      if (playback.mode === 'playing') playback.pause(view.shown);
    },
    dispose() {
      unsubscribe();
      resized.disconnect();
      cancelAnimationFrame(frame);
    },
  };
}
