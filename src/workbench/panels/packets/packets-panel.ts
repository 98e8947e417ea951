import { h, setText } from '../../ui/dom.ts';
import { clientRoleOf } from '../../trace/clients.ts';
import { createPacketDetail } from './packet-detail.ts';
import { lineOf, PacketRows, rowOf } from '../../trace/packet-rows.ts';
import { createFilterBar } from './filter-bar.ts';
import { FilteredRows } from './filtered-rows.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { createSelectableList, type RowAttributes } from '../../ui/selectable-list.ts';
import type { TemplateResult } from '../../ui/view.ts';
import { packetRow } from './packet-row.ts';

/** Below this width a row takes two lines. */
const narrowPx = 520;

/** The trace: every packet of the run; the selected one in full below. */
export function createPacketsPanel({ record, words }: PanelContext): Panel {
  const rows = new PacketRows();
  const shown = new FilteredRows(rows, words);
  let selected: number | undefined;
  let newest = 0;

  const empty = h('p', { class: 'wb-empty' });
  const filter = createFilterBar(words, (wanted) => {
    const chosen = selected === undefined ? undefined : shown.entries[selected];
    shown.filter(wanted);
    list.clear();
    const at = chosen ? shown.entries.indexOf(chosen) : -1;
    select(at < 0 ? undefined : at);
    if (at < 0) list.follow();
    update();
  });
  const leftOut = h('p', { class: 'wb-left-out', hidden: true });
  const detail = createPacketDetail(words, () => {
    select(undefined);
    list.focus();
  });
  const list = createSelectableList({
    class: 'wb-packets-list',
    label: words('workbench.packets.label'),
    name: 'packet',
    followText: words('workbench.packets.follow'),
    rowHeight: () => (list.element.clientWidth < narrowPx ? 48 : 28),
    count: () => shown.entries.length,
    selected: () => selected,
    signature: (index) => {
      const at = lineOf(shown.entries[index]!);
      const line = at === undefined ? undefined : rows.lines.of(at);
      return `${index} ${line && clientRoleOf(line)} ${line?.clientId}`;
    },
    key: (index) => shown.entries[index]!.n,
    render: rowView,
    select,
  });
  const panel = h(
    'section',
    { role: 'group', class: 'wb-packets', 'aria-label': words('workbench.packets') },
    filter.element,
    leftOut,
    h('div', { class: 'wb-packets-view' }, empty, list.element, list.followButton),
    detail.element,
  );

  function rowView(index: number, attributes: RowAttributes): TemplateResult {
    const entry = shown.entries[index]!;
    const line = lineOf(entry);
    const isNew = entry.n > newest;
    newest = Math.max(newest, entry.n);
    const model = {
      row: rowOf(entry, rows.lines, words),
      role: line === undefined ? 'client' : clientRoleOf(rows.lines.of(line)),
      attributes,
      isNew,
    };
    return packetRow(model, words);
  }

  function select(index: number | undefined): void {
    selected = index;
    const entry = index === undefined ? undefined : shown.entries[index];
    detail.show(entry && 'bytes' in entry ? entry : undefined);
    list.point();
    list.draw();
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
      list.clear();
      if (record.generation !== generation) newest = 0;
      const at = chosen && record.generation === generation ? shown.entries.indexOf(chosen) : -1;
      if (chosen) select(at < 0 ? undefined : at);
      if (record.generation !== generation) list.follow();
      generation = record.generation;
    }
    empty.hidden = shown.entries.length > 0;
    const none = rows.entries.length > 0 ? 'panels.packets.none' : 'workbench.packets.empty';
    setText(empty, words(none));
    list.element.hidden = !empty.hidden;
    leftOut.hidden = record.entriesLeftOut === 0;
    setText(leftOut, words('workbench.packets.left-out', { count: record.entriesLeftOut }));
    list.draw();
  };
  const unsubscribe = record.subscribe(update);
  list.element.hidden = true;
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
