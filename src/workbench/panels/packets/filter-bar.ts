import type { Words } from '../../i18n/words.ts';
import type { KnownClient } from '../../trace/client-names.ts';
import { h } from '../../ui/dom.ts';
import { guard, html, nothing, render, type TemplateResult } from '../../ui/view.ts';
import {
  choicesView,
  clientOptions,
  type SelectOption,
  toolView,
  topicFieldView,
} from '../panel-tools.ts';
import type { FilteredRows } from './filtered-rows.ts';
import { groups, kinds } from '../../trace/kind-groups.ts';
import { everything, type PacketFilter } from './packet-filter.ts';

interface FilterModel {
  filter: PacketFilter;
  clients: readonly KnownClient[];
  /** Undefined if all packets are shown. */
  count: { count: number; all: number } | undefined;
}

/** Client, kind and topic: folded away, so that a beginner sees only packets. */
export function createFilterBar(words: Words, onFilter: (filter: PacketFilter) => void) {
  const model: FilterModel = { filter: everything, clients: [], count: undefined };
  let latest: FilteredRows | undefined;
  const element = h('details', { class: 'wb-filter', ontoggle: () => draw() });
  function set(change: Partial<PacketFilter>): void {
    model.filter = { ...model.filter, ...change };
    onFilter(model.filter);
  }
  function draw(): void {
    if (element.open && latest) model.clients = latest.known;
    render(filterView(model, set, words), element);
  }
  draw();
  return {
    element,
    show(rows: FilteredRows, all: number): void {
      latest = rows;
      model.count = rows.isFiltered ? { count: rows.entries.length, all } : undefined;
      draw();
    },
  };
}

function filterView(
  { filter, clients, count }: FilterModel,
  set: (change: Partial<PacketFilter>) => void,
  words: Words,
): TemplateResult {
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.packets.${key}`, values);
  const kindOptions: SelectOption<PacketFilter['kind']>[] = [
    ['', t('kind.all')],
    ['trouble', t('kind.trouble')],
    ...groups.map((group) => [group, t(`kind.${group}`)] as const),
    ...kinds.map((name) => [name, name] as const),
  ];
  const all = words('panels.client.all');
  const client = choicesView(clientOptions(all, clients, filter.client), filter.client, (name) =>
    set({ client: name }),
  );
  const kind = guard([filter.kind], () =>
    choicesView(kindOptions, filter.kind, (value) => set({ kind: value })),
  );
  const topic = topicFieldView('home/#', (text) => set({ topic: text.trim() }));
  return html`
    <summary>
      ${t('filter')}
      <span class="wb-filter-count" role="status">${count ? t('shown', count) : nothing}</span>
    </summary>
    <div class="wb-tools">
      ${toolView(t('client'), client)} ${toolView(t('kind'), kind)} ${toolView(t('topic'), topic)}
    </div>
  `;
}
