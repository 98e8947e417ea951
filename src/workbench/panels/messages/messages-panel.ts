import { h, newId, setText } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { clientRoleOf, type ClientRole } from '../../trace/clients.ts';
import { clientNameOf } from '../../trace/packet-rows.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { createClientChoice, tool } from '../panel-tools.ts';
import { VirtualList } from '../../ui/virtual-list.ts';
import { type MessageItem, MessageItems } from './message-items.ts';
import { createMessageText } from './message-text.ts';
import { messageRow } from './message-row.ts';

/** Below this width a row takes two lines. */
const narrowPx = 520;

/** What each device received and printed, in order; the selected one in full below. */
export function createMessagesPanel(context: PanelContext): Panel {
  const { record, words } = context;
  const items = new MessageItems();
  const id = newId('message');
  let shown: MessageItem[] = [];
  let selected: MessageItem | undefined;
  let client = '';
  let isShown = false;

  const whose = (item: MessageItem): { name: string; role: ClientRole } => {
    if (item.what === 'received') {
      const line = context.lines.of(item.line);
      return { name: clientNameOf(line, words), role: clientRoleOf(line) };
    }
    const name = item.said.device;
    return { name, role: roles.get(name) ?? 'client' };
  };
  const roles = new Map<string, ClientRole>();

  const choice = createClientChoice(words('panels.client.all'), (name) => {
    client = name;
    virtual.clear();
    draw();
  });
  const leftOut = h('p', { class: 'wb-tools-say' });
  const list = h('div', {
    class: 'wb-packets-list wb-items-list',
    role: 'listbox',
    tabindex: 0,
    'aria-label': words('panels.messages.label'),
    onkeydown: (event: KeyboardEvent) => onKey(event),
    onclick: (event: MouseEvent) => {
      const at = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
      if (at !== undefined) select(shown[Number(at)]);
    },
  });
  const empty = h('p', { class: 'wb-empty' });
  const follow = h(
    'button',
    { type: 'button', class: 'wb-follow', hidden: true, onclick: () => virtual.follow() },
    icon('down'),
    words('panels.follow'),
  );
  const text = createMessageText(words, () => {
    select(undefined);
    list.focus();
  });
  const element = h(
    'section',
    { role: 'group', class: 'wb-view', 'aria-label': words('workbench.panel.messages') },
    h('div', { class: 'wb-tools' }, tool(words('panels.messages.whose'), choice.element), leftOut),
    h('div', { class: 'wb-packets-view' }, empty, list, follow),
    text.element,
  );

  const virtual = new VirtualList(list, {
    rowHeight: () => (list.clientWidth < narrowPx ? 48 : 28),
    count: () => shown.length,
    signature(index) {
      const item = shown[index]!;
      const { name, role } = whose(item);
      return `${item.id} ${name} ${role} ${item === selected}`;
    },
    render(index) {
      const item = shown[index]!;
      const row = messageRow(item, whose(item), words);
      const attributes = {
        id: `${id}-${index}`,
        role: 'option',
        'data-index': `${index}`,
        'aria-selected': String(item === selected),
        'aria-setsize': `${shown.length}`,
        'aria-posinset': `${index + 1}`,
      };
      for (const [name, value] of Object.entries(attributes)) row.setAttribute(name, value);
      return row;
    },
    onFollow: (following) => (follow.hidden = following),
  });

  function select(item: MessageItem | undefined): void {
    selected = item;
    text.show(item);
    const index = item ? shown.indexOf(item) : -1;
    if (index < 0) list.removeAttribute('aria-activedescendant');
    else {
      virtual.show(index);
      virtual.stopFollowing();
      list.setAttribute('aria-activedescendant', `${id}-${index}`);
    }
    virtual.draw();
  }
  function onKey(event: KeyboardEvent): void {
    const last = shown.length - 1;
    if (last < 0) return;
    const at = selected ? shown.indexOf(selected) : -1;
    const up = at < 0 ? last : at - 1;
    const to = { ArrowDown: at + 1, ArrowUp: up, Home: 0, End: last }[event.key];
    if (event.key === 'Escape' && selected) select(undefined);
    else if (to !== undefined) select(shown[Math.max(0, Math.min(last, to))]);
    else return;
    event.preventDefault();
  }

  function draw(): void {
    const known = items.clients.all(context.lines, words);
    roles.clear();
    for (const { name, role } of known) roles.set(name, role);
    const named = known.map(({ name }) => name);
    const silent = context.devices.filter((name) => !named.includes(name));
    choice.list([...known, ...silent.map((name) => ({ name, role: 'client' as const }))]);
    shown = client ? items.items.filter((item) => whose(item).name === client) : items.items;
    if (selected && !shown.includes(selected)) {
      selected = undefined;
      text.show(undefined);
    }
    empty.hidden = shown.length > 0;
    setText(
      empty,
      words(items.items.length > 0 ? 'panels.messages.none' : 'panels.messages.empty'),
    );
    list.hidden = !empty.hidden;
    setText(leftOut, leftOutText());
    virtual.draw();
  }
  function leftOutText(): string {
    const { leftOut: count, packetsMissed: missed } = items;
    return [
      count > 0 && words('panels.messages.left-out', { count }),
      missed > 0 && words('panels.missed', { count: missed }),
    ]
      .filter((sentence) => sentence !== false)
      .join(' ');
  }

  function update(): void {
    const { generation } = record;
    const changed = items.sync(record);
    if (generation !== drawnRun) {
      drawnRun = generation;
      virtual.clear();
      virtual.follow();
    }
    if (isShown && changed) draw();
  }
  let drawnRun = record.generation;
  const unsubscribe = record.subscribe(update);
  list.hidden = true;
  return {
    element,
    show() {
      isShown = true;
      items.sync(record);
      draw();
    },
    hide: () => (isShown = false),
    dispose: unsubscribe,
  };
}
