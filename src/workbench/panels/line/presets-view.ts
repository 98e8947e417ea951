import { type PresetName, presetNames } from '../../room/line-presets.ts';
import type { Words } from '../../i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';

export interface PresetActions {
  /** Undefined: what is on the connection is taken away. */
  preset(name: PresetName | undefined): void;
}

/** Faults with names for the chosen connection: what each does is said, and one click undoes it. */
export function presetsView(
  chosen: PresetName | undefined,
  on: PresetActions,
  words: Words,
): TemplateResult {
  return html`<div
      class="wb-tools wb-line-presets"
      role="group"
      aria-label=${words('presets.title')}
    >
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
    </div>
    <p class="wb-line-why">
      ${
        chosen === undefined
          ? nothing
          : html`<strong>${words(`presets.${chosen}.does`)}</strong> ${words('presets.tcp')}`
      }
    </p>`;
}
