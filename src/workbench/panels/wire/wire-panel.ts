import { h } from '../../ui/dom.ts';
import { panelCommandFor } from '../../ui/panel-keys.ts';
import { render } from '../../ui/view.ts';
import { indexAfter } from '../../time/playhead.ts';
import { createPacketDetail } from '../detail/packet-detail.ts';
import type { Panel, PanelContext } from '../panel.ts';
import type { HeldSentence } from './describe.ts';
import { createDiagram } from './diagram.ts';
import { everything, type WireFilter } from './filter.ts';
import { headsOf } from './heads.ts';
import { sentencesOf } from './held.ts';
import { wirePanelView } from './panel-view.ts';
import { saveJson, saveSvg } from './saving.ts';
import type { WireRow } from './wire-rows.ts';
import { WireView } from './wire-view.ts';

/** A sequence diagram of the run, drawn as its packets pass. */
export function createWirePanel({ record, time, words }: PanelContext): Panel {
  const view = new WireView();
  let selected: WireRow | undefined;
  let isShown = false;
  let filter = everything;
  let clients: { key: string; name: string }[] = [];
  let toolsOpen = false;
  let held: HeldSentence[] = [];

  const element = h('section', {
    role: 'group',
    class: 'wb-wire',
    'aria-label': words('wire-panel.title'),
  });
  const diagram = createDiagram(view, words, {
    select: (row) => select(row),
    key(key) {
      const command = panelCommandFor(key);
      if (command === 'pause') time.toggle();
      else if (command === 'larger') diagram.zoom(1);
      else if (command === 'smaller') diagram.zoom(-1);
      else return false;
      return true;
    },
    arranged: () => listClients(),
  });
  const detail = createPacketDetail(words, () => {
    select(undefined);
    diagram.focus();
  });
  /** The rows up to the moment: who stands where, and what an exchange became, is known from all. */
  const countNow = (): number =>
    time.isLive ? view.shown.length : indexAfter(view.shown, record.entries.at(-1)?.n ?? 0);
  const actions = {
    toggleTools(): void {
      toolsOpen = !toolsOpen;
      drawPanel();
      const to = toolsOpen ? '.wb-wire-tools select' : '.wb-wire-tools-button';
      element.querySelector<HTMLElement>(to)?.focus();
    },
    filter(change: Partial<WireFilter>): void {
      filter = { ...filter, ...change };
      view.setFilter(filter);
      diagram.clear();
      keepSelected();
    },
    zoom: (by: 1 | -1) => diagram.zoom(by),
    saveSvg: () =>
      saveSvg(view.shown.slice(0, countNow()), { view, layout: diagram.layout, words, element }),
    saveJson: () => saveJson(view.shown.slice(0, countNow()), view, words),
  };

  /** The clients that can be chosen. A chosen one that is gone is chosen no longer. */
  function listClients(): void {
    clients = headsOf(view.trace.columns.all, view.trace.columns, words)
      .filter(({ column }) => column !== '')
      .map(({ column, name }) => ({ key: column, name }));
    const { client } = filter;
    if (client && !clients.some(({ key }) => key === client)) actions.filter({ client: '' });
  }

  function drawPanel(): void {
    const model = {
      tools: { isOpen: toolsOpen, clients, client: filter.client },
      entriesLeftOut: record.entriesLeftOut,
      held,
      heads: diagram.heads,
      diagram: diagram.box,
      detail: detail.element,
    };
    render(wirePanelView(model, actions, words), element);
  }
  function draw(): void {
    if (!isShown) return;
    const count = countNow();
    const last = view.shown[count - 1];
    // The sentences are about the selected row, or about the last one of a moment.
    const current = selected ?? (time.isLive ? undefined : last);
    diagram.draw({ count, selected, exchange: current?.exchange, moving: time.isMoving });
    const about = view.trace.hasExchanges ? (current ?? last) : undefined;
    held = about ? sentencesOf(about, current !== undefined, view.trace, words) : [];
    drawPanel();
  }

  function select(row: WireRow | undefined): void {
    selected = row;
    detail.show(row && 'bytes' in row.entry ? row.entry : undefined);
    draw();
  }
  /** The row may be of the run before, or forgotten, or filtered away. */
  function keepSelected(): void {
    const at = selected ? view.shown.indexOf(selected) : 0;
    if (at < 0 || (selected && at >= countNow())) select(undefined);
    else draw();
  }

  function update(): void {
    const { generation } = view;
    if (!view.sync(time.whole)) diagram.clear();
    if (view.generation !== generation) diagram.begin();
    if (time.isLive) return keepSelected();
    // The eye is at the moment now.
    select(undefined);
    diagram.follow();
  }

  /** A click beside the open tools closes them. */
  const closeTools = ({ target }: Event) => {
    const isBeside = !(target as Element).closest('.wb-wire-tools, .wb-wire-tools-button');
    if (toolsOpen && isBeside) actions.toggleTools();
  };
  element.addEventListener('pointerdown', closeTools);
  const unsubscribe = record.subscribe(update);
  const unwatch = diagram.onResize(draw);
  // The diagram measures its elements in their place.
  drawPanel();
  update();
  return {
    element,
    show() {
      isShown = true;
      draw();
      if (!time.isLive) diagram.follow();
    },
    hide() {
      isShown = false;
    },
    dispose() {
      unsubscribe();
      unwatch();
    },
  };
}
