import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import { h, newId } from '../ui/dom.ts';
import { createMenu } from '../ui/menu.ts';
import type { Panel, PanelContext, PanelEntry } from './panel.ts';
import { type PanelLayout, loadLayout, saveLayout, shownLayout, toggle } from './panel-layout.ts';
import type { PanelOutput } from './panel-output.ts';
import { type PanelTab, panelTabs } from './panel-tabs.ts';
import type { TimePlace } from './time/time-place.ts';
import { ScrollMemory } from '../ui/scroll-memory.ts';
import { render } from '../ui/view.ts';

export interface PanelHostOptions {
  exercise: string;
  entries: Partial<Record<PanelName, PanelEntry>>;
  /** The panels that the exercise names. */
  first: readonly PanelName[];
  /** Undefined if the exercise has no programs. */
  output: PanelOutput | undefined;
  /** The time line below the panels. */
  time: TimePlace;
  words: Words;
  store: PanelContext['store'];
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
  const { exercise, entries, words, store, output, time } = options;
  const named = Object.keys(entries) as PanelName[];
  const offered: PanelName[] = output ? ['output', ...named] : named;
  const places = new Map<PanelName, Place>();
  let layout: PanelLayout = loadLayout(store, exercise, offered, options.first);
  /** The output stands beside the panels, and is no tab. */
  let isApart = true;
  let news = '';
  /** In front until the learner chooses a tab or runs again. */
  let peeked: PanelName | undefined;
  const shown = (): PanelLayout => {
    const all = shownLayout(layout, isApart);
    return { ...all, front: all.open.find((name) => name === peeked) ?? all.front };
  };

  const element = h('section', {
    role: 'group',
    class: 'wb-panels',
    'aria-label': words('workbench.panels'),
    onkeydown: (event: KeyboardEvent) => time.key(event),
  });
  const more = createMenu(
    words('workbench.panels.more'),
    () =>
      named.map((name) => ({
        label: words(entries[name]!.label),
        checked: layout.open.includes(name),
        do: () => change(toggle(layout, offered, name), true),
      })),
    { class: 'wb-panel-more' },
  );
  more.element.hidden = offered.length < 2;
  const actions = {
    show: (name: PanelName) => change({ ...layout, front: name }, false),
    key(event: KeyboardEvent): void {
      const { open, front } = shown();
      const at = open.indexOf(front!);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
      const name = to === undefined ? undefined : open.at(to % open.length);
      if (name === undefined) return;
      event.preventDefault();
      change({ ...layout, front: name }, true);
    },
    retry: (name: PanelName) => void load(name, places.get(name)!),
  };

  function change(next: PanelLayout, focus: boolean): void {
    saveLayout(store, exercise, next);
    turn(() => {
      layout = next;
      peeked = undefined;
    });
    if (focus) focusTab();
  }
  function turn(apply: () => void): void {
    const before = shown().front;
    if (before !== undefined) leave(before);
    apply();
    draw();
    if (before !== shown().front) {
      if (before !== undefined) places.get(before)?.panel?.hide();
      enter();
    }
  }
  function draw(): void {
    const front = shown();
    if (isApart) places.delete('output');
    for (const name of front.open) if (!places.has(name)) places.set(name, newPlace(name));
    const beside = isApart ? output?.element : undefined;
    const model = { layout: front, tabs: places, menu: more.element, beside, news: output?.news(), foot: time.element, head: time.head }; // prettier-ignore
    time.setFront(front.front);
    render(panelTabs(model, actions, words), element);
  }
  function newPlace(name: PanelName): Place {
    const id = newId(`panel-${name}`);
    if (name === 'output') {
      return {
        id,
        label: words('workbench.panel.output'),
        content: output?.element,
        state: 'loaded',
      };
    }
    const label = words(entries[name]!.label);
    return { id, label, content: undefined, state: 'new' };
  }

  /** An element that is hidden forgets how far it was scrolled. */
  function leave(name: PanelName): void {
    const place = places.get(name);
    if (!place) return;
    place.scroll ??= new ScrollMemory(element.querySelector<HTMLElement>(`#${place.id}`)!);
    place.scroll.keep();
  }
  /** The panel in front is shown, or loaded first. */
  function enter(): void {
    const { front } = shown();
    const place = front && places.get(front);
    if (!place) return;
    // First where it was; a list that follows its end then goes there.
    place.scroll?.restore();
    place.panel?.show();
    if (front === 'output') output?.show();
    choose(place);
    if (place.state === 'new') void load(front, place);
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
      if (shown().front !== name) return;
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

  const stopOutput = output?.subscribe(() => {
    const { count, isWrong } = output.news();
    const fresh = `${count} ${isWrong}`;
    if (isApart || fresh === news) return;
    news = fresh;
    draw();
  });

  draw();
  enter();
  return {
    element,
    /** @param apart the output stands beside the panels instead of among their tabs */
    setApart(apart: boolean): void {
      if (apart !== isApart) turn(() => (isApart = apart));
    },
    /** Brings an open tab to the front for a while; undefined: back to the learner's own. */
    peek: (name: PanelName | undefined) => turn(() => (peeked = name)),
    /** Opens the panel's tab if it has none, brings it to the front, and has it choose the entry. */
    show(name: PanelName, entry: number): void {
      if (!offered.includes(name)) return;
      const open = layout.open.includes(name) ? layout : toggle(layout, offered, name);
      change({ ...open, front: name }, false);
      const place = places.get(name)!;
      place.wanted = entry;
      choose(place);
    },
    focus: () => (shown().front ? focusTab() : more.button.focus()),
    dispose(): void {
      stopOutput?.();
      time.dispose();
      for (const { panel } of places.values()) panel?.dispose();
    },
  };
}
export type PanelHost = ReturnType<typeof createPanelHost>;
