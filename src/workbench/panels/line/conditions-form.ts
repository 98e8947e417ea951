import type { LinkConditions } from '../../../../sandbox/protocol/faults.ts';
import type { Words } from '../../i18n/words.ts';
import { html, live, type TemplateResult } from '../../ui/view.ts';

export type Conditions = Omit<LinkConditions, 'client'>;
export interface ConditionsActions {
  /** A slider moves; its value is not chosen yet. */
  slide(moved: Conditions): void;
  change(change: Conditions): void;
  cut(): void;
}
interface Slider {
  name: string;
  max: number;
  step: number;
  value: number;
  text: string;
  conditionsOf(value: number): Conditions;
}

const mostLatencyMs = 3_000;

/** The lasting conditions of a client's line: latency, loss, frozen. And a button that cuts it once. */
export function conditionsForm(
  { latencyMs = 0, loss = 0, frozen = false }: Conditions,
  on: ConditionsActions,
  words: Words,
): TemplateResult {
  const t = (key: string, values?: Record<string, string | number>) =>
    words(`panels.line.${key}`, values);
  const percent = Math.round(loss * 100);
  return html`<div class="wb-tools" role="group" aria-label=${t('conditions')}>
    ${slider({
      ...{ name: t('latency'), max: mostLatencyMs, step: 50, value: latencyMs },
      text: t('latency.value', { ms: latencyMs }),
      conditionsOf: (ms) => ({ latencyMs: ms }),
    })}
    ${slider({
      ...{ name: t('loss'), max: 100, step: 5, value: percent },
      text: t('loss.value', { percent }),
      conditionsOf: (value) => ({ loss: value / 100 }),
    })}
    <button
      type="button"
      class="wb-button"
      aria-pressed=${frozen}
      title=${t('freeze.title')}
      @click=${() => on.change({ frozen: !frozen })}
    >
      ${t('freeze')}
    </button>
    <button type="button" class="wb-button" title=${t('cut.title')} @click=${on.cut}>
      ${t('cut')}
    </button>
  </div>`;

  function slider({ name, max, step, value, text, conditionsOf }: Slider) {
    const moved = (event: Event) =>
      conditionsOf((event.currentTarget as HTMLInputElement).valueAsNumber);
    return html`<label class="wb-tool wb-line-slider">
      <span>${name} <span class="wb-line-value">${text}</span></span>
      <input
        type="range"
        min="0"
        max=${max}
        step=${step}
        aria-valuetext=${text}
        .value=${live(String(value))}
        @input=${(event: Event) => on.slide(moved(event))}
        @change=${(event: Event) => on.change(moved(event))}
      />
    </label>`;
  }
}
