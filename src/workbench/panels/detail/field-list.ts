import type { Words } from '../../i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';

export interface FieldItem {
  name: string;
  value: string;
  place: string;
}
export interface FieldListModel {
  /** Prefix of the fields' element ids. */
  id: string;
  items: readonly FieldItem[];
  /** Index of the field at hand; -1 if there is none. */
  at: number;
  marked: readonly number[];
}
export interface FieldListActions {
  /** The pointer is over this field, or over none. */
  over(index: number | undefined): void;
  /** The reader wants this field at hand; `scroll`: it may be out of sight. */
  point(index: number, scroll: boolean): void;
  escape(): void;
}

/** The fields of a packet: what each is called, its value and its bytes. */
export function fieldList(
  { id, items, at, marked }: FieldListModel,
  on: FieldListActions,
  words: Words,
): TemplateResult {
  const last = items.length - 1;
  const key = (event: KeyboardEvent): void => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (event.key === 'Escape') on.escape();
    if (to === undefined) return;
    event.preventDefault();
    on.point(Math.max(0, Math.min(last, to)), true);
  };
  const over = ({ target }: Event) => {
    const index = indexOf(target);
    if (index !== undefined) on.over(index);
  };
  const click = ({ target }: Event) => {
    const index = indexOf(target);
    if (index !== undefined) on.point(index, false);
  };
  return html`<div
    class="wb-fields"
    role="listbox"
    tabindex="0"
    aria-label=${words('workbench.detail.fields')}
    aria-activedescendant=${at < 0 ? nothing : `${id}-${at}`}
    @keydown=${key}
    @pointerover=${over}
    @pointerleave=${() => on.over(undefined)}
    @click=${click}
  >
    ${items.map(
      ({ name, value, place }, index) =>
        html`<div
          class="wb-field ${marked.includes(index) ? 'wb-marked' : ''}"
          role="option"
          id="${id}-${index}"
          data-index=${index}
          aria-selected=${index === at}
        >
          <span class="wb-field-name">${name}</span>
          <span class="wb-field-value">${value}</span>
          <span class="wb-field-place">${place}</span>
        </div>`,
    )}
  </div>`;
}

function indexOf(target: EventTarget | null): number | undefined {
  const index = (target as Element).closest<HTMLElement>('[data-index]')?.dataset.index;
  return index === undefined ? undefined : Number(index);
}
