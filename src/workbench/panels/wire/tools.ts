/** Tools that are not always needed: whose packets, which topic, which kinds; size, saving. */
import type { Words } from '../../i18n/words.ts';
import { html, live, type TemplateResult } from '../../ui/view.ts';
import { groups, kinds } from '../../trace/kind-groups.ts';
import type { WireFilter } from './filter.ts';

export interface ToolsModel {
  isOpen: boolean;
  /** The clients that can be chosen: keys and names of columns. */
  clients: readonly { key: string; name: string }[];
  /** Key of the chosen one; '' for all. */
  client: string;
}
export interface ToolActions {
  filter(change: Partial<WireFilter>): void;
  zoom(by: 1 | -1): void;
  saveSvg(): void;
  saveJson(): void;
  /** Opens or closes the tools. */
  toggleTools(): void;
}

const kindChoices = ['no-pings', 'trouble', ...groups];

export function toolsView(model: ToolsModel, on: ToolActions, words: Words): TemplateResult {
  const t = (key: string) => words(`wire-panel.${key}`);
  const clients = [{ key: '', name: t('client.all') }, ...model.clients];
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    on.toggleTools();
  };
  return html`<div
    class="wb-wire-tools"
    role="group"
    aria-label=${t('tools')}
    ?hidden=${!model.isOpen}
    @keydown=${press}
  >
    ${field(
      'client',
      html`<select class="wb-wire-select" @change=${valueTo((client) => on.filter({ client }))}>
        ${clients.map(
          ({ key, name }) =>
            html`<option value=${key} .selected=${live(key === model.client)}>${name}</option>`,
        )}
      </select>`,
    )}
    ${field(
      'topic',
      html`<input
        class="wb-wire-topic"
        type="search"
        maxlength="200"
        spellcheck="false"
        autocapitalize="off"
        placeholder="home/#"
        @input=${valueTo((topic) => on.filter({ topic: topic.trim() }))}
      />`,
    )}
    ${field(
      'kind',
      html`<select
        class="wb-wire-select"
        @change=${valueTo((kind) => on.filter({ kind: kind as WireFilter['kind'] }))}
      >
        ${option('', t('kind.all'))}
        <optgroup label=${t('kind.groups')}>
          ${kindChoices.map((id) => option(id, t(`kind.${id}`)))}
        </optgroup>
        <optgroup label=${t('kind.kinds')}>${kinds.map((id) => option(id, id))}</optgroup>
      </select>`,
    )}
    ${buttons('zoom', [
      zoom('−', t('zoom-out'), () => on.zoom(-1)),
      zoom('+', t('zoom-in'), () => on.zoom(1)),
    ])}
    ${buttons('export', [
      button(t('export.svg'), on.saveSvg),
      button(t('export.json'), on.saveJson),
    ])}
    <p class="wb-wire-note">${t('export.note')}</p>
  </div>`;

  function field(key: string, control: TemplateResult) {
    return html`<label class="wb-wire-field"><span>${t(key)}</span>${control}</label>`;
  }
  function buttons(key: string, all: TemplateResult[]) {
    return html`<div class="wb-wire-field" role="group" aria-label=${t(key)}>
      <span>${t(key)}</span><span class="wb-wire-saves">${all}</span>
    </div>`;
  }
}

const valueTo = (set: (value: string) => void) => (event: Event) =>
  set((event.currentTarget as HTMLInputElement | HTMLSelectElement).value);
const option = (value: string, text: string) => html`<option value=${value}>${text}</option>`;
const button = (text: string, act: () => void) =>
  html`<button type="button" class="wb-button" @click=${act}>${text}</button>`;
const zoom = (sign: string, name: string, act: () => void) =>
  html`<button type="button" class="wb-button wb-wire-small" aria-label=${name} @click=${act}>
    ${sign}
  </button>`;
