import type { Words } from '../../i18n/words.ts';
import type { ClientLines } from '../../trace/clients.ts';
import { html, nothing, repeat, type TemplateResult } from '../../ui/view.ts';
import { choicesView, toolView } from '../panel-tools.ts';
import type { PresetName } from '../../room/line-presets.ts';
import { type PresetActions, presetsView, presetText } from './presets-view.ts';
import { type Conditions, type ConditionsActions, conditionsForm } from './conditions-form.ts';
import type { FaultDraft } from './fault-choice.ts';
import { faultForm, type FaultFormActions } from './fault-form.ts';
import type { ArmedRule, FaultHit } from './fault-hits.ts';
import { type ArmedActions, armedRow, hitRow } from './fault-rows.ts';

export interface LineModel {
  /** Names of the clients whose line can be chosen. */
  clients: readonly string[];
  client: string;
  /** The outcome of the last action, in a sentence. */
  status: string;
  /** Of the chosen client's line. */
  conditions: Conditions;
  preset: PresetName | undefined;
  draft: FaultDraft;
  armed: readonly ArmedRule[];
  /** Newest first. */
  hits: readonly FaultHit[];
  lines: ClientLines;
}
export interface LineActions
  extends ConditionsActions, PresetActions, FaultFormActions, ArmedActions {
  chooseClient(name: string): void;
}

/** The conditions and faults that a learner sets on clients' lines, and where the faults hit. */
export function lineView(model: LineModel, on: LineActions, words: Words): TemplateResult {
  const t = (key: string) => words(`panels.line.${key}`);
  const names = model.clients.map((name) => [name, name] as const);
  return html`
    <div class="wb-tools wb-line-whose">
      ${toolView(t('client'), choicesView(names, model.client, on.chooseClient))}
      ${presetsView(model.preset, on, words)}
    </div>
    ${presetText(model.preset, words)} ${faultForm(model.draft, on, words)}
    <p class="wb-line-status" role="status">${model.status}</p>
    <ul class="wb-line-list" aria-label=${t('armed')}>
      ${repeat(
        model.armed,
        ({ id }) => id,
        (one) => armedRow(one, words, on),
      )}
    </ul>
    ${conditionsForm(model.conditions, on, words)}
    <h3 class="wb-title">${t('struck')}</h3>
    ${model.hits.length === 0 ? html`<p class="wb-empty">${t('nothing')}</p>` : nothing}
    <ul class="wb-line-list" aria-label=${t('struck')}>
      ${repeat(
        model.hits,
        ({ n }) => n,
        (hit) => hitRow(hit, model.lines, words),
      )}
    </ul>
  `;
}
