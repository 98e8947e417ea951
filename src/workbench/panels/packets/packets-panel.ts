import { clientRoleOf } from '../../trace/clients.ts';
import { lineOf, PacketRows, rowOf } from '../../trace/packet-rows.ts';
import { h } from '../../ui/dom.ts';
import type { RowAttributes } from '../../ui/row-attributes.ts';
import { createSelectableList } from '../../ui/selectable-list.ts';
import { render, type TemplateResult } from '../../ui/view.ts';
import { createPacketDetail } from '../detail/packet-detail.ts';
import type { Panel, PanelContext } from '../panel.ts';
import { createCaptures } from './captures.ts';
import { FilteredRows } from './filtered-rows.ts';
import { everything, type PacketFilter } from './packet-filter.ts';
import { packetRow } from './packet-row.ts';
import { packetsView } from './packets-view.ts';

/** Below this width a row takes two lines. */
const narrowPx = 520;

/** The trace: every packet of the run; the selected one in full below. */
export function createPacketsPanel({ record, time, words }: PanelContext): Panel {
  const rows = new PacketRows();
  const shown = new FilteredRows(rows, words);
  let selected: number | undefined;
  let newest = 0;
  let filter = everything;
  let isFilterOpen = false;
  let generation = record.generation;
  let isShown = false;
  let failure = '';

  const element = h('section', {
    role: 'group',
    class: 'wb-packets',
    'aria-label': words('workbench.packets'),
  });
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
  const captures = createCaptures(time, words, (text) => {
    failure = text;
    draw();
  });
  const actions = {
    filter(change: Partial<PacketFilter>): void {
      const chosen = chosenEntry();
      filter = { ...filter, ...change };
      shown.filter(filter);
      list.clear();
      reselect(chosen);
      if (selected === undefined) list.follow();
      update();
    },
    fold(isOpen: boolean): void {
      isFilterOpen = isOpen;
      draw();
    },
  };

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

  const chosenEntry = () => (selected === undefined ? undefined : shown.entries[selected]);
  /** The same entry, at the place where it is now. */
  function reselect(chosen: ReturnType<typeof chosenEntry>): void {
    const at = chosen ? shown.entries.indexOf(chosen) : -1;
    select(at < 0 ? undefined : at);
  }
  function select(index: number | undefined): void {
    selected = index;
    const entry = chosenEntry();
    detail.show(entry && 'bytes' in entry ? entry : undefined);
    list.point();
    list.draw();
  }

  function update(): void {
    if (!isShown) return;
    const chosen = chosenEntry();
    const kept = rows.sync(record);
    shown.sync(kept);
    if (!kept) {
      const isNewRun = record.generation !== generation;
      generation = record.generation;
      list.clear();
      if (isNewRun) newest = 0;
      if (chosen) reselect(isNewRun ? undefined : chosen);
      if (isNewRun) list.follow();
    }
    draw();
  }
  function draw(): void {
    const all = rows.entries.length;
    const count = shown.entries.length;
    const none = all > 0 ? 'panels.packets.none' : 'workbench.packets.empty';
    list.element.hidden = count === 0;
    const model = {
      filter,
      clients: isFilterOpen ? shown.known : [],
      count: shown.isFiltered ? { count, all } : undefined,
      leftOut: record.entriesLeftOut,
      empty: count === 0 ? words(none) : undefined,
      list: [list.element, list.followButton],
      detail: detail.element,
      captures,
      failure,
    };
    render(packetsView(model, actions, words), element);
    list.draw();
  }

  const unsubscribe = record.subscribe(update);
  return {
    element,
    show() {
      isShown = true;
      update();
    },
    hide: () => (isShown = false),
    choose(n) {
      // The packet is one of the room's, and may be later than the moment that is shown.
      time.close();
      if (!time.isLive) time.live();
      update();
      if (!shown.entries.some((entry) => entry.n === n)) actions.filter(everything);
      const index = shown.entries.findIndex((entry) => entry.n === n);
      if (index < 0) return;
      select(index);
      draw();
      list.focus();
    },
    dispose: unsubscribe,
  };
}
