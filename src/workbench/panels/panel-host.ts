import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import { h, newId } from '../ui/dom.ts';
import { createMenu } from '../ui/menu.ts';
import type { Panel, PanelContext, PanelEntry } from './panel.ts';
import { type PanelLayout, loadLayout, saveLayout, toggle } from './panel-layout.ts';
import { type PanelTab, panelTabs } from './panel-tabs.ts';
import { ScrollMemory } from '../ui/scroll-memory.ts';
import { render } from '../ui/view.ts';

export interface PanelHostOptions {
  exercise: string;
  entries: Partial<Record<PanelName, PanelEntry>>;
  /** The panels that the exercise names. */
  first: readonly PanelName[];
  words: Words;
  store: PanelContext['store'];
  /** Makes the panel's context; its words are fetched with it. */
  context(name: PanelName, entry: PanelEntry): Promise<PanelContext>;
}
interface Place extends PanelTab {
  scroll?: ScrollMemory;
  panel?: Panel;
}

/** The tabs of the panels: those of the exercise, and under “More” all others. */
export function createPanelHost(options: PanelHostOptions) {
  const { exercise, entries, words, store } = options;
  const offered = Object.keys(entries) as PanelName[];
  const places = new Map<PanelName, Place>();
  let layout: PanelLayout = loadLayout(store, exercise, offered, options.first);

  const element = h('section', {
    role: 'group',
    class: 'wb-panels',
    'aria-label': words('workbench.panels'),
  });
  const more = createMenu(
    words('workbench.panels.more'),
    () =>
      offered.map((name) => ({
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
      const { open, front } = layout;
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
    const before = layout.front;
    if (before !== undefined && before !== next.front) leave(before);
    layout = next;
    saveLayout(store, exercise, layout);
    draw();
    if (before !== next.front) {
      if (before !== undefined) places.get(before)?.panel?.hide();
      enter();
    }
    if (focus) focusTab();
  }
  function draw(): void {
    for (const name of layout.open) if (!places.has(name)) places.set(name, newPlace(name));
    render(panelTabs({ layout, tabs: places, menu: more.element }, actions, words), element);
  }
  function newPlace(name: PanelName): Place {
    const label = words(entries[name]!.label);
    return { id: newId(`panel-${name}`), label, content: undefined, state: 'new' };
  }

  /** An element that is hidden forgets how far it was scrolled. */
  function leave(name: PanelName): void {
    const place = places.get(name)!;
    place.scroll ??= new ScrollMemory(element.querySelector<HTMLElement>(`#${place.id}`)!);
    place.scroll.keep();
  }
  /** The panel in front is shown, or loaded first. */
  function enter(): void {
    const place = layout.front && places.get(layout.front);
    if (!place) return;
    place.panel?.show();
    place.scroll?.restore();
    if (place.state === 'new') void load(layout.front!, place);
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
      if (layout.front === name) place.panel.show();
    } catch {
      place.state = 'failed';
      draw();
    }
  }
  function focusTab(): void {
    element.querySelector<HTMLElement>('.wb-panel-tab[aria-selected=true]')?.focus();
  }

  draw();
  enter();
  return {
    element,
    /** Opens the panel's tab if it has none, and brings it to the front. */
    show(name: PanelName): void {
      const open = layout.open.includes(name) ? layout : toggle(layout, offered, name);
      if (offered.includes(name)) change({ ...open, front: name }, false);
    },
    focus: () => (layout.front ? focusTab() : more.button.focus()),
    dispose(): void {
      for (const { panel } of places.values()) panel?.dispose();
    },
  };
}
