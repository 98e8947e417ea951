import type { KnownClient } from '../trace/client-names.ts';
import { h } from '../ui/dom.ts';
import { html, live, type TemplateResult } from '../ui/view.ts';

/** A control with its name above it. */
export function tool(name: string, control: HTMLElement): HTMLElement {
  return h('label', { class: 'wb-tool' }, h('span', {}, name), control);
}

/** The same, for a template. */
export const toolView = (name: string, control: unknown): TemplateResult =>
  html`<label class="wb-tool"><span>${name}</span>${control}</label>`;

export function choices(
  options: readonly (readonly [value: string, text: string])[],
  onChange: (value: string) => void,
): HTMLSelectElement {
  const select = h(
    'select',
    { onchange: () => onChange(select.value) },
    ...options.map(([value, text]) => h('option', { value }, text)),
  );
  return select;
}

/** The same, for a template: the options may differ from draw to draw. */
export function choicesView<Value extends string>(
  options: readonly (readonly [value: Value, text: string])[],
  chosen: Value,
  onChange: (value: Value) => void,
): TemplateResult {
  const change = (event: Event) =>
    onChange((event.currentTarget as HTMLSelectElement).value as Value);
  // `value` of the select would be set before its options are there.
  const option = ([value, text]: readonly [Value, string]) =>
    html`<option value=${value} .selected=${live(value === chosen)}>${text}</option>`;
  return html`<select @change=${change}>
    ${options.map(option)}
  </select>`;
}

/** A client of the run, or all of them. The choice stays where its client comes again. */
export function createClientChoice(all: string, onChange: (name: string) => void) {
  const select = choices([['', all]], onChange);
  let listed = '[]';
  return {
    element: select,
    /** A chosen client that has not come yet in this run stays chosen, and is still listed. */
    list(clients: readonly KnownClient[]): void {
      const names = clients.map(({ name }) => name);
      const chosen = select.value;
      if (chosen !== '' && !names.includes(chosen)) names.push(chosen);
      const text = JSON.stringify(names);
      if (text === listed) return;
      listed = text;
      select.replaceChildren(
        h('option', { value: '' }, all),
        ...names.map((name) => h('option', { value: name }, name)),
      );
      select.value = chosen;
    },
  };
}

/** A field for a part of a topic, or a topic filter. */
export function topicField(placeholder: string, onInput: (text: string) => void): HTMLInputElement {
  const input = h('input', {
    type: 'search',
    maxlength: 512,
    spellcheck: 'false',
    autocapitalize: 'off',
    autocomplete: 'off',
    placeholder,
    oninput: () => onInput(input.value),
  });
  return input;
}
