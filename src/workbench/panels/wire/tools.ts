/** Tools that are not always needed: whose packets, which topic, which kinds; speed, size, saving. */
import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import { type Speed, speeds } from './playback.ts';
import { groups, kinds } from '../../trace/kind-groups.ts';
import { everything, type WireFilter } from './filter.ts';

export interface ToolActions {
  filter(filter: WireFilter): void;
  speed(speed: Speed): void;
  zoom(by: 1 | -1): void;
  saveSvg(): void;
  saveJson(): void;
}

export function createTools(words: Words, on: ToolActions) {
  let filter = everything;
  const set = (change: Partial<WireFilter>): void => on.filter((filter = { ...filter, ...change }));
  const option = (value: string, text: string) => h('option', { value }, text);
  const client = h('select', {
    class: 'wb-wire-select',
    onchange: () => set({ client: client.value }),
  });
  const topic = h('input', {
    class: 'wb-wire-topic',
    type: 'search',
    maxlength: 200,
    spellcheck: 'false',
    autocapitalize: 'off',
    placeholder: 'home/#',
    oninput: () => set({ topic: topic.value.trim() }),
  });
  const choices = ['no-pings', 'trouble', ...groups];
  const kind = h(
    'select',
    { class: 'wb-wire-select', onchange: () => set({ kind: kind.value as WireFilter['kind'] }) },
    option('', words('wire-panel.kind.all')),
    h('optgroup', { label: words('wire-panel.kind.groups') }, ...choices.map((id) => option(id, words(`wire-panel.kind.${id}`)))),
    h('optgroup', { label: words('wire-panel.kind.kinds') }, ...kinds.map((id) => option(id, id))),
  ); // prettier-ignore
  const speed = h(
    'select',
    { class: 'wb-wire-select', onchange: () => on.speed(speeds[speed.value]!) },
    ...Object.keys(speeds).map((id) => option(id, words(`wire-panel.speed.${id}`))),
  );
  const zoom = (sign: string, key: string, by: 1 | -1) =>
    h('button', { type: 'button', class: 'wb-button wb-wire-small', 'aria-label': words(`wire-panel.${key}`), onclick: () => on.zoom(by) }, sign); // prettier-ignore
  const field = (key: string, input: HTMLElement) =>
    h('label', { class: 'wb-wire-field' }, h('span', {}, words(`wire-panel.${key}`)), input);
  const button = (key: string, act: () => void) =>
    h(
      'button',
      { type: 'button', class: 'wb-button', onclick: act },
      words(`wire-panel.export.${key}`),
    );
  const element = h(
    'div',
    { class: 'wb-wire-tools' },
    field('client', client),
    field('topic', topic),
    field('kind', kind),
    field('speed', speed),
    h('div', { class: 'wb-wire-field', role: 'group', 'aria-label': words('wire-panel.zoom') },
      h('span', {}, words('wire-panel.zoom')),
      h('span', { class: 'wb-wire-saves' }, zoom('−', 'zoom-out', -1), zoom('+', 'zoom-in', 1)),
    ),
    h('div', { class: 'wb-wire-field', role: 'group', 'aria-label': words('wire-panel.export') },
      h('span', {}, words('wire-panel.export')),
      h('span', { class: 'wb-wire-saves' }, button('svg', on.saveSvg), button('json', on.saveJson)),
    ),
    h('p', { class: 'wb-wire-note' }, words('wire-panel.export.note')),
  ); // prettier-ignore
  let listed = '';
  return {
    element,
    /** The clients that can be chosen. A chosen one that is gone is chosen no longer. */
    clients(clients: readonly { key: string; name: string }[]): void {
      const text = JSON.stringify(clients);
      if (text === listed) return;
      listed = text;
      client.replaceChildren(
        option('', words('wire-panel.client.all')),
        ...clients.map(({ key, name }) => option(key, name)),
      );
      if (clients.some(({ key }) => key === filter.client)) client.value = filter.client;
      else if (filter.client) set({ client: '' });
    },
  };
}
