/** Controls that several panels have above their view: choices, and fields for a filter. */
import type { KnownClient } from '../trace/client-names.ts';
import { html, live, nothing, type TemplateResult } from '../ui/view.ts';

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
    ${options.map(
      // `value` of the select would be set before its options are there.
      ([value, text]) =>
        html`<option value=${value} .selected=${live(value === chosen)}>${text}</option>`,
    )}
  </select>`;
}

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

/**
 * A field for a part of a topic, or a topic filter. `value` is what it shows at first; `isInvalid`:
 * undefined if any text will do.
 */
export const topicFieldView = (
  placeholder: string,
  onInput: (text: string) => void,
  { value = '', isInvalid }: { value?: string; isInvalid?: boolean } = {},
): TemplateResult =>
  html`<input
    type="search"
    maxlength="512"
    spellcheck="false"
    autocapitalize="off"
    autocomplete="off"
    value=${value}
    aria-invalid=${isInvalid ?? nothing}
    placeholder=${placeholder}
    @input=${(event: Event) => onInput((event.currentTarget as HTMLInputElement).value)}
  />`;
