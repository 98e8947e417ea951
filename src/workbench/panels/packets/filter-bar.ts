import type { Words } from '../../i18n/words.ts';
import type { KnownClient } from '../../trace/client-names.ts';
import { groups, kinds } from '../../trace/kind-groups.ts';
import { guard, html, nothing, type TemplateResult } from '../../ui/view.ts';
import {
  choicesView,
  clientOptions,
  type SelectOption,
  toolView,
  topicFieldView,
} from '../panel-tools.ts';
import type { PacketFilter } from './packet-filter.ts';

export interface FilterModel {
  filter: PacketFilter;
  clients: readonly KnownClient[];
  /** Undefined if all packets are shown. */
  count: { count: number; all: number } | undefined;
}
export interface FilterActions {
  filter(change: Partial<PacketFilter>): void;
  /** The bar is folded away, or opened. */
  fold(isOpen: boolean): void;
}

/** Client, kind and topic: folded away, so that a beginner sees only packets. */
export function filterBar(
  { filter, clients, count }: FilterModel,
  on: FilterActions,
  words: Words,
): TemplateResult {
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.packets.${key}`, values);
  const all = clientOptions(words('panels.client.all'), clients, filter.client);
  const client = choicesView(all, filter.client, (name) => on.filter({ client: name }));
  const kind = guard([filter.kind], () =>
    choicesView(kindOptions(t), filter.kind, (value) => on.filter({ kind: value })),
  );
  const topic = topicFieldView('home/#', (text) => on.filter({ topic: text.trim() }));
  const fold = ({ currentTarget }: Event) => on.fold((currentTarget as HTMLDetailsElement).open);
  return html`<details class="wb-filter" @toggle=${fold}>
    <summary>
      ${t('filter')}
      <span class="wb-filter-count" role="status">${count ? t('shown', count) : nothing}</span>
    </summary>
    <div class="wb-tools">
      ${toolView(t('client'), client)} ${toolView(t('kind'), kind)} ${toolView(t('topic'), topic)}
    </div>
  </details>`;
}

const kindOptions = (t: (key: string) => string): SelectOption<PacketFilter['kind']>[] => [
  ['', t('kind.all')],
  ['trouble', t('kind.trouble')],
  ...groups.map((group) => [group, t(`kind.${group}`)] as const),
  ...kinds.map((name) => [name, name] as const),
];
