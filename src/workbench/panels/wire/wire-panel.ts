import { h, setText } from '../../ui/dom.ts';
import { createPacketDetail } from '../packets/packet-detail.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { createControls } from './controls.ts';
import { createDiagram } from './diagram.ts';
import { headsOf } from './heads.ts';
import { createHeld } from './held.ts';
import { Playback } from './playback.ts';
import { saveJson, saveSvg } from './saving.ts';
import { createTools } from './tools.ts';
import type { WireRow } from './wire-rows.ts';
import { WireView } from './wire-view.ts';

/** A sequence diagram of the run, drawn as its packets pass. */
export function createWirePanel({ record, words }: PanelContext): Panel {
  const view = new WireView();
  const playback = new Playback();
  let selected: WireRow | undefined;
  let frame = 0;
  let isShown = false;

  const toggle = () => (playback.mode === 'paused' ? playback.live() : playback.pause(view.shown));
  const diagram = createDiagram(view, words, {
    select: (row) => select(row),
    key(key) {
      if (key === ' ') move(toggle);
      else if (key === '+' || key === '-') diagram.zoom(key === '+' ? 1 : -1);
      else return false;
      return true;
    },
    arranged: () =>
      tools.clients(
        headsOf(view.trace.columns.all, view.trace.columns, words)
          .filter(({ column }) => column !== '')
          .map(({ column, name }) => ({ key: column, name })),
      ),
  });
  const held = createHeld(words);
  const leftOut = h('p', { class: 'wb-left-out', hidden: true });
  const detail = createPacketDetail(words, () => {
    select(undefined);
    diagram.focus();
  });
  const shown = (): WireRow[] => view.shown.slice(0, playback.count(view.shown));
  const tools = createTools(words, {
    filter(filter) {
      view.setFilter(filter);
      diagram.clear();
      keepSelected();
    },
    speed: (speed) => (playback.speed = speed),
    zoom: (by) => diagram.zoom(by),
    saveSvg: () => saveSvg(shown(), { view, layout: diagram.layout, words, element }),
    saveJson: () => saveJson(shown(), view, words),
  });
  const controls = createControls(
    words,
    {
      toggle: () => move(toggle),
      step: (by) => move(() => playback.step(view.shown, by)),
      play: () => move(() => playback.play(view.shown)),
    },
    tools.element,
  );
  const element = h(
    'section',
    { role: 'group', class: 'wb-wire', 'aria-label': words('wire-panel.title') },
    controls.element,
    tools.element,
    leftOut,
    ...diagram.elements,
    held.element,
    detail.element,
  );

  function draw(): void {
    if (!isShown) return;
    const count = playback.count(view.shown);
    const last = view.shown[count - 1];
    // What the words are about: the row that is selected, or where a stopped replay stands.
    const current = selected ?? (playback.mode === 'live' ? undefined : last);
    const moving = playback.mode !== 'paused';
    diagram.draw({ count, selected, exchange: current?.exchange, moving });
    controls.show(playback.mode, view.shown.length - count);
    const about = view.trace.hasExchanges ? (current ?? last) : undefined;
    held.show(about, current !== undefined, view.trace);
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
    leftOut.hidden = record.entriesLeftOut === 0;
    setText(leftOut, words('wire-panel.left-out', { count: record.entriesLeftOut }));
    keepSelected();
  }

  const unsubscribe = record.subscribe(update);
  const unwatch = diagram.onResize(draw);
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
