import { h } from '../../ui/dom.ts';
import { render } from '../../ui/view.ts';
import { createPacketDetail } from '../detail/packet-detail.ts';
import type { Panel, PanelContext } from '../panel.ts';
import type { HeldSentence } from './describe.ts';
import { createDiagram } from './diagram.ts';
import { everything, type WireFilter } from './filter.ts';
import { headsOf } from './heads.ts';
import { sentencesOf } from './held.ts';
import { wirePanelView } from './panel-view.ts';
import { Playback, type Speed } from './playback.ts';
import { saveJson, saveSvg } from './saving.ts';
import type { WireRow } from './wire-rows.ts';
import { WireView } from './wire-view.ts';

/** A sequence diagram of the run, drawn as its packets pass. */
export function createWirePanel({ record, words }: PanelContext): Panel {
  const view = new WireView();
  const playback = new Playback();
  let selected: WireRow | undefined;
  let frame = 0;
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
  const toggle = () => (playback.mode === 'paused' ? playback.live() : playback.pause(view.shown));
  const diagram = createDiagram(view, words, {
    select: (row) => select(row),
    key(key) {
      if (key === ' ') move(toggle);
      else if (key === '+' || key === '-') diagram.zoom(key === '+' ? 1 : -1);
      else return false;
      return true;
    },
    arranged: () => listClients(),
  });
  const detail = createPacketDetail(words, () => {
    select(undefined);
    diagram.focus();
  });
  const shown = (): WireRow[] => view.shown.slice(0, playback.count(view.shown));
  const actions = {
    toggle: () => move(toggle),
    step: (by: 1 | -1) => move(() => playback.step(view.shown, by)),
    play: () => move(() => playback.play(view.shown)),
    toggleTools(): void {
      toolsOpen = !toolsOpen;
      drawPanel();
    },
    filter(change: Partial<WireFilter>): void {
      filter = { ...filter, ...change };
      view.setFilter(filter);
      diagram.clear();
      keepSelected();
    },
    speed: (speed: Speed) => (playback.speed = speed),
    zoom: (by: 1 | -1) => diagram.zoom(by),
    saveSvg: () => saveSvg(shown(), { view, layout: diagram.layout, words, element }),
    saveJson: () => saveJson(shown(), view, words),
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
      mode: playback.mode,
      waiting: view.shown.length - playback.count(view.shown),
      tools: { isOpen: toolsOpen, clients, client: filter.client },
      entriesLeftOut: record.entriesLeftOut,
      held,
      diagram: diagram.elements,
      detail: detail.element,
    };
    render(wirePanelView(model, actions, words), element);
  }
  function draw(): void {
    if (!isShown) return;
    const count = playback.count(view.shown);
    const last = view.shown[count - 1];
    // The sentences are about the selected row, or about the last one of a stopped replay.
    const current = selected ?? (playback.mode === 'live' ? undefined : last);
    const moving = playback.mode !== 'paused';
    diagram.draw({ count, selected, exchange: current?.exchange, moving });
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
    if (selected && !view.shown.includes(selected)) select(undefined);
    else draw();
  }

  /** Changes how far is drawn; what was selected is left, because the eye is elsewhere now. */
  function move(change: () => void): void {
    selected = undefined;
    detail.show(undefined);
    change();
    if (playback.mode !== 'live') diagram.follow();
    draw();
    cancelAnimationFrame(frame);
    if (playback.mode === 'playing') frame = requestAnimationFrame((now) => tick(now, now));
  }
  function tick(now: number, before: number): void {
    const count = playback.count(view.shown);
    playback.tick(view.shown, now - before);
    if (playback.count(view.shown) !== count || playback.mode !== 'playing') draw();
    if (playback.mode === 'playing') frame = requestAnimationFrame((next) => tick(next, now));
  }

  function update(): void {
    const { generation } = view;
    if (!view.sync(record)) diagram.clear();
    if (view.generation !== generation) {
      playback.reset();
      diagram.begin();
    }
    keepSelected();
  }

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
    },
    hide() {
      isShown = false;
      cancelAnimationFrame(frame);
      if (playback.mode === 'playing') playback.pause(view.shown);
    },
    dispose() {
      unsubscribe();
      unwatch();
      cancelAnimationFrame(frame);
    },
  };
}
