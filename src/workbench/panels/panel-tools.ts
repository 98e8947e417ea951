/** Controls that several panels have above their view: choices, and fields for a filter. */
import type { KnownClient } from '../trace/client-names.ts';
import { h } from '../ui/dom.ts';
import { html, live, render, type TemplateResult } from '../ui/view.ts';

/** The value of an option, and its text. */
export type SelectOption<Value extends string = string> = readonly [value: Value, text: string];

/** A control with its name above it. */
export const toolView = (name: string, control: unknown): TemplateResult =>
  html`<label class="wb-tool"><span>${name}</span>${control}</label>`;

/** The options may differ from draw to draw. */
export function choicesView<Value extends string>(
  options: readonly SelectOption<Value>[],
  chosen: Value,
  onChange: (value: Value) => void,
): TemplateResult {
  const change = (event: Event) =>
    onChange((event.currentTarget as HTMLSelectElement).value as Value);
  return html`<select @change=${change}>
    ${optionViews(options, chosen)}
  </select>`;
}
/** `value` of the select would be set before its options are there. */
const optionViews = (options: readonly SelectOption[], chosen: string) =>
  options.map(
    ([value, text]) =>
      html`<option value=${value} .selected=${live(value === chosen)}>${text}</option>`,
  );

/** All clients, or one of the run. A chosen one that has not come yet in this run is still listed. */
export function clientOptions(
  all: string,
  clients: readonly KnownClient[],
  chosen: string,
): SelectOption[] {
  const names = clients.map(({ name }) => name);
  if (chosen !== '' && !names.includes(chosen)) names.push(chosen);
  return [['', all], ...names.map((name) => [name, name] as const)];
}

/** A field for a part of a topic, or a topic filter. */
export const topicFieldView = (placeholder: string, onInput: (text: string) => void) =>
  html`<input
    type="search"
    maxlength="512"
    spellcheck="false"
    autocapitalize="off"
    autocomplete="off"
    placeholder=${placeholder}
    @input=${(event: Event) => onInput((event.currentTarget as HTMLInputElement).value)}
  />`;

/** The same as elements, for panels that are not templates yet. */
export const tool = (name: string, control: HTMLElement): HTMLElement =>
  elementOf(toolView(name, control));
export const topicField = (
  placeholder: string,
  onInput: (text: string) => void,
): HTMLInputElement => elementOf(topicFieldView(placeholder, onInput));

export function createClientChoice(all: string, onChange: (name: string) => void) {
  const element = h('select', { onchange: () => onChange(element.value) });
  const list = (clients: readonly KnownClient[]): void =>
    void render(optionViews(clientOptions(all, clients, element.value), element.value), element);
  list([]);
  return { element, list };
}

function elementOf<Root extends HTMLElement>(template: TemplateResult): Root {
  const holder = document.createDocumentFragment();
  render(template, holder);
  return holder.firstElementChild as Root;
}
