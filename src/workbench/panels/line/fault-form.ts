import type { Words } from '../../i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../ui/view.ts';
import { choicesView, toolView } from '../panel-tools.ts';
import { actions, type FaultDraft, kindsOf, mostAfter, mostDelayMs } from './fault-choice.ts';

export interface FaultFormActions {
  choose(change: Partial<FaultDraft>): void;
  arm(): void;
}
const directions = ['to-client', 'to-broker'] as const;

/** One fault to arm: “The next PUBACK from the broker: drop it and cut the line.” */
export function faultForm(draft: FaultDraft, on: FaultFormActions, words: Words): TemplateResult {
  const t = (key: string) => words(`panels.line.${key}`);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    on.arm();
  };
  const kinds = [
    ...kindsOf[draft.direction].map((name) => [name, name] as const),
    ['', t('kind.any')] as const,
  ];
  const ways = directions.map((way) => [way, words(`workbench.${way}`)] as const);
  const does = actions.map((name) => [name, t(`action.${name}`)] as const);
  const kind = choicesView(kinds, draft.kind, (value) => on.choose({ kind: value }));
  const way = choicesView(ways, draft.direction, (direction) => on.choose({ direction }));
  const action = choicesView(does, draft.action, (name) => on.choose({ action: name }));
  const after = number(draft.after, mostAfter, 1, (count) => on.choose({ after: count }));
  const ms = number(draft.ms, mostDelayMs, 100, (delay) => on.choose({ ms: delay }));
  return html`<form class="wb-line-form" aria-label=${t('arm.title')} @submit=${submit}>
    <div class="wb-tools">
      ${toolView(t('kind'), kind)} ${toolView(t('direction'), way)} ${toolView(t('after'), after)}
      <div class="wb-line-do-arm">
        ${toolView(t('action'), action)}
        ${draft.action === 'delay' ? toolView(t('ms'), ms) : nothing}
        <button class="wb-button">${t('arm')}</button>
      </div>
    </div>
    <p class="wb-line-why">${t(`why.${draft.action}`)}</p>
  </form>`;
}

/** `value` is what the field shows at first: a text that is being typed is not written over. */
const number = (value: number, max: number, step: number, set: (value: number) => void) =>
  html`<input
    type="number"
    min="0"
    max=${max}
    step=${step}
    inputmode="numeric"
    value=${value}
    @input=${(event: Event) => set((event.currentTarget as HTMLInputElement).valueAsNumber)}
  />`;
