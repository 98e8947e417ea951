import type { Words } from '../../i18n/words.ts';
import { h, setText } from '../../ui/dom.ts';
import { choices, createClientChoice, tool, topicField } from '../panel-tools.ts';
import type { FilteredRows } from './filtered-rows.ts';
import { groups, kinds } from '../../trace/kind-groups.ts';
import { everything, type PacketFilter } from './packet-filter.ts';

/** Client, kind and topic: folded away, so that a beginner sees only packets. */
export function createFilterBar(words: Words, onFilter: (filter: PacketFilter) => void) {
  const say = (key: string, values?: Record<string, string | number>) =>
    words(`panels.packets.${key}`, values);
  let filter = everything;
  const set = (change: Partial<PacketFilter>) => onFilter((filter = { ...filter, ...change }));
  const client = createClientChoice(words('panels.client.all'), (name) => set({ client: name }));
  const kind = choices(
    [
      ['', say('kind.all')],
      ['trouble', say('kind.trouble')],
      ...groups.map((group) => [group, say(`kind.${group}`)] as const),
      ...kinds.map((name) => [name, name] as const),
    ],
    (value) => set({ kind: value as PacketFilter['kind'] }),
  );
  const topic = topicField('home/#', (text) => set({ topic: text.trim() }));
  const count = h('span', { class: 'wb-filter-count', role: 'status' });
  let latest: FilteredRows | undefined;
  const element = h(
    'details',
    { class: 'wb-filter', ontoggle: () => latest && client.list(latest.known) },
    h('summary', {}, say('filter'), ' ', count),
    h(
      'div',
      { class: 'wb-tools' },
      tool(say('client'), client.element),
      tool(say('kind'), kind),
      tool(say('topic'), topic),
    ),
  );
  return {
    element,
    show(rows: FilteredRows, all: number): void {
      latest = rows;
      if (element.open) client.list(rows.known);
      const values = { count: rows.entries.length, all };
      setText(count, rows.isFiltered ? say('shown', values) : '');
    },
  };
}
