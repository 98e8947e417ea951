import { clientRoleOf, type ClientRole } from '../../trace/clients.ts';
import { clientNameOf } from '../../trace/packet-rows.ts';
import { h } from '../../ui/dom.ts';
import { createSelectableList } from '../../ui/selectable-list.ts';
import { render } from '../../ui/view.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { type MessageItem, MessageItems } from './message-items.ts';
import { messageRow } from './message-row.ts';
import { messagesView } from './messages-view.ts';

/** Below this width a row takes two lines. */
const narrowPx = 520;

/** What each device received and printed, in order; the selected one in full below. */
export function createMessagesPanel(context: PanelContext): Panel {
  const { record, words } = context;
  const items = new MessageItems();
  let shown: MessageItem[] = [];
  let selected: MessageItem | undefined;
  let client = '';
  let isShown = false;

  const whose = (item: MessageItem): { name: string; role: ClientRole } => {
    if (item.what === 'received') {
      const line = context.lines.of(item.line);
      return { name: clientNameOf(line, words), role: clientRoleOf(line) };
    }
    const name = item.line.device;
    return { name, role: roles.get(name) ?? 'client' };
  };
  const roles = new Map<string, ClientRole>();

  const element = h('section', {
    role: 'group',
    class: 'wb-view',
    'aria-label': words('workbench.panel.messages'),
  });
  const list = createSelectableList({
    class: 'wb-packets-list wb-items-list',
    label: words('panels.messages.label'),
    name: 'message',
    followText: words('panels.follow'),
    rowHeight: () => (list.element.clientWidth < narrowPx ? 48 : 28),
    count: () => shown.length,
    selected: () => selected && shown.indexOf(selected),
    signature(index) {
      const item = shown[index]!;
      const { name, role } = whose(item);
      return `${item.id} ${name} ${role}`;
    },
    render: (index, attributes) =>
      messageRow(shown[index]!, whose(shown[index]!), attributes, words),
    select: (index) => select(index === undefined ? undefined : shown[index]),
  });
  const actions = {
    choose(name: string): void {
      client = name;
      list.clear();
      draw();
    },
    close(): void {
      select(undefined);
      list.focus();
    },
  };

  function select(item: MessageItem | undefined): void {
    selected = item;
    draw();
    list.point();
  }

  function draw(): void {
    const known = items.clients.all(context.lines, words);
    roles.clear();
    for (const { name, role } of known) roles.set(name, role);
    const named = known.map(({ name }) => name);
    const silent = context.devices.filter((name) => !named.includes(name));
    shown = client ? items.items.filter((item) => whose(item).name === client) : items.items;
    if (selected && !shown.includes(selected)) selected = undefined;
    const none = items.items.length > 0 ? 'panels.messages.none' : 'panels.messages.empty';
    list.element.hidden = shown.length === 0;
    const model = {
      clients: [...known, ...silent.map((name) => ({ name, role: 'client' as const }))],
      client,
      leftOut: leftOutText(),
      empty: shown.length === 0 ? words(none) : undefined,
      list: [list.element, list.followButton],
      selected,
    };
    render(messagesView(model, actions, words), element);
    list.draw();
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
      list.clear();
      list.follow();
    }
    if (isShown && changed) draw();
  }
  let drawnRun = record.generation;
  const unsubscribe = record.subscribe(update);
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
