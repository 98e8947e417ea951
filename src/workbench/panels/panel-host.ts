import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Words } from '../i18n/words.ts';
import { h, newId } from '../ui/dom.ts';
import { createMenu } from '../ui/menu.ts';
import type { Panel, PanelContext, PanelEntry } from './panel.ts';
import { type Layout, loadLayout, saveLayout, toggle } from './panel-layout.ts';
import { ScrollMemory } from '../ui/scroll-memory.ts';

export interface PanelHostOptions {
  exercise: string;
  entries: Partial<Record<PanelName, PanelEntry>>;
  /** The panels that the exercise names. */
  first: readonly PanelName[];
  words: Words;
  store: PanelContext['store'];
  /** The panel's context, once its words are there. */
  context(name: PanelName, entry: PanelEntry): Promise<PanelContext>;
}
interface Place {
  tab: HTMLButtonElement;
  body: HTMLElement;
  scroll: ScrollMemory;
  panel?: Panel;
  loading?: Promise<void>;
}

/** The tabs of the panels: those of the exercise, and under “More” all others. */
export function createPanelHost(options: PanelHostOptions) {
  const { exercise, entries, words, store } = options;
  const offered = Object.keys(entries) as PanelName[];
  const places = new Map<PanelName, Place>();
  let layout: Layout = loadLayout(store, exercise, offered, options.first);

  const tabs = h('div', {
    class: 'wb-panel-tabs',
    role: 'tablist',
    'aria-label': words('workbench.panels'),
    onkeydown: (event: KeyboardEvent) => onKey(event),
  });
  const more = createMenu(
    words('workbench.panels.more'),
    () =>
      offered.map((name) => ({
        label: labelOf(name),
        checked: layout.open.includes(name),
        do: () => change(toggle(layout, offered, name), true),
      })),
    { class: 'wb-panel-more' },
  );
  more.element.hidden = offered.length < 2;
  const bodies = h('div', { class: 'wb-panel-bodies' });
  const element = h(
    'section',
    { role: 'group', class: 'wb-panels', 'aria-label': words('workbench.panels') },
    h('div', { class: 'wb-panel-bar' }, tabs, more.element),
    bodies,
  );
  const labelOf = (name: PanelName) => words(entries[name]!.label);

  function placeOf(name: PanelName): Place {
    const known = places.get(name);
    if (known) return known;
    const id = newId(`panel-${name}`);
    const tab = h(
      'button',
      {
        type: 'button',
        class: 'wb-panel-tab',
        role: 'tab',
        id: `${id}-tab`,
        'aria-controls': id,
        'data-panel': name,
        onclick: () => change({ ...layout, front: name }, false),
      },
      labelOf(name),
    );
    const body = h('div', {
      id,
      class: 'wb-panel-body',
      role: 'tabpanel',
      'aria-labelledby': `${id}-tab`,
      'data-panel': name,
      hidden: true,
    });
    const place = { tab, body, scroll: new ScrollMemory(body) };
    places.set(name, place);
    bodies.append(body);
    return place;
  }

  function change(next: Layout, focus: boolean): void {
    layout = next;
    saveLayout(store, exercise, layout);
    draw();
    if (focus && layout.front) placeOf(layout.front).tab.focus();
  }

  function draw(): void {
    const open = layout.open.map((name) => placeOf(name));
    if (open.some(({ tab }, i) => tabs.children[i] !== tab) || tabs.children.length > open.length) {
      tabs.replaceChildren(...open.map(({ tab }) => tab));
    }
    for (const [name, place] of places) {
      const front = name === layout.front;
      place.tab.setAttribute('aria-selected', String(front));
      place.tab.tabIndex = front ? 0 : -1;
      if (!front && !place.body.hidden) {
        place.scroll.keep();
        place.body.hidden = true;
        place.panel?.hide();
      }
    }
    bodies.hidden = layout.front === undefined;
    if (layout.front) bring(layout.front, placeOf(layout.front));
  }

  function bring(name: PanelName, place: Place): void {
    if (!place.body.hidden && place.panel) return;
    place.body.hidden = false;
    if (place.panel) {
      place.panel.show();
      place.scroll.restore();
    } else place.loading ??= open(name, place);
  }

  async function open(name: PanelName, place: Place): Promise<void> {
    place.body.setAttribute('aria-busy', 'true');
    try {
      const entry = entries[name]!;
      const [create, context] = await Promise.all([entry.load(), options.context(name, entry)]);
      place.panel = create(context);
      place.body.replaceChildren(place.panel.element);
      if (!place.body.hidden) place.panel.show();
    } catch {
      const again = h(
        'button',
        {
          type: 'button',
          class: 'wb-link',
          onclick: () => void (place.loading = open(name, place)),
        },
        words('workbench.try-again'),
      );
      const text = words('workbench.panels.failed');
      place.body.replaceChildren(h('p', { class: 'wb-empty', role: 'status' }, `${text} `, again));
    }
    place.body.removeAttribute('aria-busy');
  }

  function onKey(event: KeyboardEvent): void {
    const { open, front } = layout;
    const at = open.indexOf(front!);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const name = to === undefined ? undefined : open.at(to % open.length);
    if (name === undefined) return;
    event.preventDefault();
    change({ ...layout, front: name }, true);
  }

  draw();
  return {
    element,
    /** Opens the panel's tab where it has none, and brings it to the front. */
    show(name: PanelName): void {
      const open = layout.open.includes(name) ? layout : toggle(layout, offered, name);
      if (offered.includes(name)) change({ ...open, front: name }, false);
    },
    focus(): void {
      if (layout.front) placeOf(layout.front).tab.focus();
      else more.button.focus();
    },
    dispose(): void {
      for (const { panel } of places.values()) panel?.dispose();
    },
  };
}
