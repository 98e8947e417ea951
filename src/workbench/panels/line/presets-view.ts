import { type PresetName, presetNames } from '../../room/line-presets.ts';
import type { Words } from '../../i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';

export interface PresetActions {
  /** Undefined: what is on the connection is taken away. */
  preset(name: PresetName | undefined): void;
}

/** Faults with names for the chosen connection; one click undoes the one that is on. */
export function presetsView(
  chosen: PresetName | undefined,
  on: PresetActions,
  words: Words,
): TemplateResult {
  return html`<div class="wb-tool" role="group" aria-label=${words('presets.title')}>
    <span aria-hidden="true">${words('presets.title')}</span>
    <span class="wb-line-presets">
      ${presetNames.map(
        (name) =>
          html`<button
            type="button"
            class="wb-button"
            aria-pressed=${name === chosen}
            title=${words(`presets.${name}.does`)}
            @click=${() => on.preset(name === chosen ? undefined : name)}
          >
            ${words(`presets.${name}`)}
          </button>`,
      )}
    </span>
  </div>`;
}
/** What the chosen one does, and what a loss means although TCP loses nothing. */
export const presetText = (chosen: PresetName | undefined, words: Words) =>
  chosen === undefined
    ? nothing
    : html`<p class="wb-line-why">
        <strong>${words(`presets.${chosen}.does`)}</strong> ${words('presets.tcp')}
      </p>`;
