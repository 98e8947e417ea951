import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import { h, newId } from '../ui/dom.ts';
import { createMenu } from '../ui/menu.ts';
import type { Panel, PanelContext, PanelEntry } from './panel.ts';
import { type PanelLayout, loadLayout, saveLayout, toggle } from './panel-layout.ts';
import { Arrangement } from './arrangement.ts';
import { type DockActions, dockTools } from './dock-views.ts';
import { Docks, type DocksDeps } from './docks.ts';
import type { PanelOutput } from './panel-output.ts';
import { PanelWindows } from './panel-windows.ts';
import { type PanelTab, panelTabs } from './panel-tabs.ts';
import type { TimePlace } from './time/time-place.ts';
import { ScrollMemory } from '../ui/scroll-memory.ts';
import { render } from '../ui/view.ts';

export interface PanelHostOptions {
  exercise: string;
  entries: Partial<Record<PanelName, PanelEntry>>;
  /** The panels that the exercise names. */
  first: readonly PanelName[];
  output: PanelOutput;
  /** Its tab cannot be closed, and it may stand beside the panels. */
  outputIsFixed: boolean;
  time: TimePlace;
  words: PanelContext['words'];
  store: PanelContext['store'];
  docks: Omit<DocksDeps, 'store'>;
  /** Makes the panel's context; its words are fetched with it. */
  context(name: PanelName, entry: PanelEntry): Promise<PanelContext>;
}
interface Place extends PanelTab {
  scroll?: ScrollMemory;
  panel?: Panel;
  /** The entry that is to be chosen once the panel is there. */
  wanted?: number | undefined;
}

/** The tabs of the panels: those of the exercise, and under “More” all others. */
export function createPanelHost(options: PanelHostOptions) {
  const { exercise, entries, words, store, output, outputIsFixed, time } = options;
  const offered: PanelName[] = ['output', ...(Object.keys(entries) as PanelName[])];
  const fixed = outputIsFixed ? 'output' : undefined;
  const places = new Map<PanelName, Place>();
  const docks = new Docks({ ...options.docks, store }, offered);
  const first = loadLayout(store, exercise, offered, options.first, fixed);
  const now = new Arrangement(first, docks, outputIsFixed);
  const windows = new PanelWindows((name) => turn(() => {}, name));
  let inSight: PanelName[] = [];
  let news = '';

  const element = h('section', {
    role: 'group',
    class: 'wb-panels',
    'aria-label': words('workbench.panels'),
    onkeydown: (event: KeyboardEvent) => time.key(event),
  });
  const more = createMenu(
    words('workbench.panels.more'),
    () =>
      offered
        .filter((name) => name !== fixed)
        .map((name) => ({
          label: labelOf(name),
          checked: now.layout.open.includes(name),
          do: () => change(toggle(now.layout, offered, name), true),
        })),
    { class: 'wb-panel-more' },
  );
  const actions = {
    show: (name: PanelName) => change({ ...now.layout, front: name }, false),
    key(event: KeyboardEvent): void {
      const { open, front } = now.tabs;
      const at = open.indexOf(front!);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
      const name = to === undefined ? undefined : open.at(to % open.length);
      if (name === undefined) return;
      event.preventDefault();
      change({ ...now.layout, front: name }, true);
    },
    retry: (name: PanelName) => void load(name, places.get(name)!),
  };
  const dockActions: DockActions = {
    beside(name) {
      const former = now.beside;
      docks.setBeside(name);
      // Back among the tabs it is in front; the button that did it is gone.
      if (name === undefined && former) change(now.withFront(former, offered), true);
    },
    large: (isLarge) => docks.setLarge(isLarge),
    leave(name) {
      const { panel, label } = places.get(name)!;
      windows.open(name, `${label} · ${document.title}`, panel!.element);
      draw();
    },
    back: (name) => windows.close(name),
  };

  function change(next: PanelLayout, focus: boolean): void {
    saveLayout(store, exercise, next);
    turn(() => now.choose(next));
    if (focus) focusTab();
  }
  /** @param again is to be shown anew: it was elsewhere */
  function turn(apply: () => void, again?: PanelName): void {
    const before = inSight.filter((name) => name !== again);
    before.forEach(leave);
    apply();
    ({ inSight } = now);
    draw();
    for (const name of before) if (!inSight.includes(name)) hide(name);
    for (const name of inSight) if (!before.includes(name)) enter(name);
  }
  function draw(): void {
    const { tabs, beside, outputIsApart } = now;
    if (outputIsApart) places.delete('output');
    for (const name of [...tabs.open, ...(beside ? [beside] : [])])
      if (!places.has(name)) places.set(name, newPlace(name));
    time.setInSight(now.inSight);
    docks.setInSight(now.inSight);
    const model = {
      layout: tabs,
      tabs: places,
      menu: more.element,
      beside: outputIsApart ? output.element : undefined,
      news: output.news(),
      foot: time.element,
      head: time.head,
      second: beside,
      options: offered.map((name) => ({ name, label: labelOf(name) })),
      docks: docks.words && {
        words: docks.words,
        tools: toolsView(tabs, docks.words),
        isAway: (name: PanelName) => windows.has(name),
        canLeave,
      },
    };
    render(panelTabs(model, { ...actions, ...dockActions }, words), element);
  }
  function toolsView({ open, front }: PanelLayout, dockWords: PanelContext['words']) {
    const model = {
      front: front && { name: front, label: labelOf(front) },
      isLarge: docks.isLarge,
      canStandBeside: docks.isWide && now.beside === undefined && open.length > 1,
      canLeave: front !== undefined && canLeave(front),
    };
    return dockTools(model, dockActions, dockWords);
  }
  /** Editors stay: they belong to this page's keys and clipboard. */
  function canLeave(name: PanelName): boolean {
    const stays: readonly PanelName[] = ['output', 'terminal', 'files'];
    return !stays.includes(name) && places.get(name)?.panel !== undefined && !windows.has(name);
  }
  const labelOf = (name: PanelName): string =>
    words(name === 'output' ? 'workbench.panel.output' : entries[name]!.label);
  function newPlace(name: PanelName): Place {
    const id = newId(`panel-${name}`);
    const content = name === 'output' ? output.element : undefined;
    return { id, label: labelOf(name), content, state: content ? 'loaded' : 'new' };
  }

  /** An element that is hidden forgets how far it was scrolled. */
  function leave(name: PanelName): void {
    const place = places.get(name);
    const body = place && element.querySelector<HTMLElement>(`#${place.id}`);
    if (!body) return;
    place.scroll ??= new ScrollMemory();
    place.scroll.keep(body);
  }
  /** The panel is shown, or loaded first. */
  function enter(name: PanelName): void {
    const place = places.get(name)!;
    // First where it was; a list that follows its end then goes there.
    place.scroll?.restore();
    place.panel?.show();
    if (name === 'output') output.show();
    choose(place);
    if (place.state === 'new') void load(name, place);
  }
  function hide(name: PanelName): void {
    if (!windows.has(name)) places.get(name)?.panel?.hide();
  }
  async function load(name: PanelName, place: Place): Promise<void> {
    place.state = place.state === 'failed' ? 'retrying' : 'loading';
    draw();
    try {
      const entry = entries[name]!;
      const [create, context] = await Promise.all([entry.load(), options.context(name, entry)]);
      place.panel = create(context);
      place.content = place.panel.element;
      place.state = 'loaded';
      draw();
      if (!inSight.includes(name)) return;
      place.panel.show();
      choose(place);
    } catch {
      place.state = 'failed';
      draw();
    }
  }
  function choose(place: Place): void {
    if (place.wanted === undefined || !place.panel) return;
    place.panel.choose?.(place.wanted);
    place.wanted = undefined;
  }
  function focusTab(): void {
    element.querySelector<HTMLElement>('.wb-panel-tab[aria-selected=true]')?.focus();
  }

  const stopOutput = output.subscribe(() => {
    const { count, isWrong } = output.news();
    const fresh = `${count} ${isWrong}`;
    if (now.outputIsApart || fresh === news) return;
    news = fresh;
    draw();
  });

  docks.onChange(() => turn(() => {}));
  turn(() => {});
  return {
    element,
    /** @param apart the output stands beside the panels instead of among their tabs */
    setApart(apart: boolean): void {
      if (apart !== now.hasRoom) turn(() => (now.hasRoom = apart));
    },
    /** Brings an open tab to the front for a while (`Arrangement.peek`). */
    peek: (name: PanelName | undefined) => turn(() => now.peek(name)),
    /** Opens the panel's tab if it has none, brings it to the front, and has it choose the entry. */
    show(name: PanelName, entry: number): void {
      if (!offered.includes(name)) return;
      if (name !== now.beside) change(now.withFront(name, offered), false);
      const place = places.get(name)!;
      place.wanted = entry;
      choose(place);
    },
    focus: () => (now.tabs.front ? focusTab() : more.button.focus()),
    /** The program gets its place back. */
    showProgram: () => docks.setLarge(false),
    dispose(): void {
      stopOutput();
      docks.dispose();
      windows.dispose();
      time.dispose();
      for (const { panel } of places.values()) panel?.dispose();
    },
  };
}
export type PanelHost = ReturnType<typeof createPanelHost>;
