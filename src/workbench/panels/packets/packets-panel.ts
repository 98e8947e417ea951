import { h, newId, setText } from '../../ui/dom.ts';
import { icon } from '../../ui/icons.ts';
import { clientRoleOf } from '../../trace/clients.ts';
import { createPacketDetail } from './packet-detail.ts';
import { lineOf, PacketRows, rowOf } from '../../trace/packet-rows.ts';
import { createFilterBar } from './filter-bar.ts';
import { FilteredRows } from './filtered-rows.ts';
import type { Panel, PanelContext } from '../panel.ts';
import type { TemplateResult } from '../../ui/view.ts';
import { VirtualList } from '../../ui/virtual-list.ts';
import { packetRow } from './packet-row.ts';

/** Below this width a row takes two lines. */
const narrowPx = 520;

/** The trace: every packet of the run; the selected one in full below. */
export function createPacketsPanel({ record, words }: PanelContext): Panel {
  const rows = new PacketRows();
  const shown = new FilteredRows(rows, words);
  const id = newId('packet');
  let selected: number | undefined;
  let newest = 0;

  const list = h('div', {
    class: 'wb-packets-list',
    role: 'listbox',
    tabindex: 0,
    'aria-label': words('workbench.packets.label'),
    onkeydown: (event: KeyboardEvent) => onKey(event),
    onclick: (event: MouseEvent) => {
      const index = (event.target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
      if (index !== undefined) select(Number(index));
    },
  });
  const empty = h('p', { class: 'wb-empty' });
  const filter = createFilterBar(words, (wanted) => {
    const chosen = selected === undefined ? undefined : shown.entries[selected];
    shown.filter(wanted);
    virtual.clear();
    const at = chosen ? shown.entries.indexOf(chosen) : -1;
    select(at < 0 ? undefined : at);
    if (at < 0) virtual.follow();
    update();
  });
  const leftOut = h('p', { class: 'wb-left-out', hidden: true });
  const follow = h(
    'button',
    { type: 'button', class: 'wb-follow', hidden: true, onclick: () => virtual.follow() },
    icon('down'),
    words('workbench.packets.follow'),
  );
  const detail = createPacketDetail(words, () => {
    select(undefined);
    list.focus();
  });
  const panel = h(
    'section',
    { role: 'group', class: 'wb-packets', 'aria-label': words('workbench.packets') },
    filter.element,
    leftOut,
    h('div', { class: 'wb-packets-view' }, empty, list, follow),
    detail.element,
  );

  const virtual = new VirtualList(list, {
    rowHeight: () => (list.clientWidth < narrowPx ? 48 : 28),
    count: () => shown.entries.length,
    signature: (index) => {
      const entry = shown.entries[index]!;
      const at = lineOf(entry);
      const line = at === undefined ? undefined : rows.lines.of(at);
      return `${index} ${line && clientRoleOf(line)} ${line?.clientId} ${index === selected}`;
    },
    key: (index) => shown.entries[index]!.n,
    render: rowView,
    onFollow: (following) => (follow.hidden = following),
  });

  function rowView(index: number): TemplateResult {
    const entry = shown.entries[index]!;
    const line = lineOf(entry);
    const isNew = entry.n > newest;
    newest = Math.max(newest, entry.n);
    const model = {
      row: rowOf(entry, rows.lines, words),
      role: line === undefined ? 'client' : clientRoleOf(rows.lines.of(line)),
      id: `${id}-${index}`,
      index,
      isNew,
      selected: index === selected,
      size: shown.entries.length,
    };
    return packetRow(model, words);
  }

  function select(index: number | undefined): void {
    selected = index;
    const entry = index === undefined ? undefined : shown.entries[index];
    detail.show(entry && 'bytes' in entry ? entry : undefined);
    if (index === undefined) list.removeAttribute('aria-activedescendant');
    else {
      virtual.show(index);
      virtual.stopFollowing();
      list.setAttribute('aria-activedescendant', `${id}-${index}`);
    }
    virtual.draw();
  }

  function onKey(event: KeyboardEvent): void {
    const last = shown.entries.length - 1;
    if (last < 0) return;
    const from = selected ?? (event.key === 'ArrowUp' ? last + 1 : -1);
    const page = Math.max(1, Math.floor(list.clientHeight / 28) - 1);
    const to = {
      ArrowDown: from + 1,
      ArrowUp: from - 1,
      PageDown: from + page,
      PageUp: from - page,
      Home: 0,
      End: last,
    }[event.key];
    if (event.key === 'Escape' && selected !== undefined) select(undefined);
    else if (to !== undefined) select(Math.max(0, Math.min(last, to)));
    else return;
    event.preventDefault();
  }

  let generation = record.generation;
  let hidden = true;
  const update = (): void => {
    if (hidden) return;
    const chosen = selected === undefined ? undefined : shown.entries[selected];
    const kept = rows.sync(record);
    shown.sync(kept);
    filter.show(shown, rows.entries.length);
    if (!kept) {
      virtual.clear();
      if (record.generation !== generation) newest = 0;
      const at = chosen && record.generation === generation ? shown.entries.indexOf(chosen) : -1;
      if (chosen) select(at < 0 ? undefined : at);
      if (record.generation !== generation) virtual.follow();
      generation = record.generation;
    }
    empty.hidden = shown.entries.length > 0;
    const none = rows.entries.length > 0 ? 'panels.packets.none' : 'workbench.packets.empty';
    setText(empty, words(none));
    list.hidden = !empty.hidden;
    leftOut.hidden = record.entriesLeftOut === 0;
    setText(leftOut, words('workbench.packets.left-out', { count: record.entriesLeftOut }));
    virtual.draw();
  };
  const unsubscribe = record.subscribe(update);
  list.hidden = true;
  return {
    element: panel,
    show() {
      hidden = false;
      update();
    },
    hide: () => (hidden = true),
    dispose: unsubscribe,
  };
}
