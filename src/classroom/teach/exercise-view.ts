/** One exercise of the class: how many are where, and the most frequent mistakes, of nobody. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { workState, type WorkState } from '../../../sandbox/protocol/work.ts';
import { hintText } from './lesson-texts.ts';
import { workKey } from './live-class.ts';
import type { Detail, TeachActions, TeachModel } from './teach-model.ts';

type ExerciseDetail = Extract<Detail, { kind: 'exercise' }>;
type Mistake = NonNullable<ExerciseDetail['mistakes']>[number];

export function exerciseView(
  { course, live, now, error }: TeachModel,
  { exercise, texts, mistakes }: ExerciseDetail,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const column = course.columns.find(({ id }) => id === exercise);
  const counts: Record<WorkState, number> = { none: 0, working: 0, stuck: 0, said: 0, passed: 0 };
  for (const { id } of live?.members ?? [])
    counts[workState(live?.work.get(workKey(id, exercise)), now)]++;
  const one = (mistake: Mistake): TemplateResult =>
    html`<li>
      <p>
        <strong>${t('lead.mistake.learners', { n: mistake.learners })}</strong>
        ${(texts && hintText(texts, mistake.hint)) || mistake.hint.id}
      </p>
      ${mistake.files.map(
        ({ name, text }) =>
          html`<figure>
            <figcaption><code>${name}</code></figcaption>
            <pre tabindex="0" aria-label=${name}><code>${text}</code></pre>
          </figure>`,
      )}
    </li>`;
  return html`<div class="dialog-head">
      <h2>${column?.title ?? exercise}</h2>
      <button type="button" class="plain" @click=${actions.closeDetail}>${t('class.close')}</button>
    </div>
    <p>
      ${t('lead.exercise.passed', { n: counts.passed + counts.said, all: live?.members.length ?? 0 })}
      ${t('class.counts', { working: counts.working, stuck: counts.stuck })}
    </p>
    <h3>${t('lead.mistakes')}</h3>
    ${
      mistakes === null
        ? html`<p class="soft" role="status">${error ? nothing : t('class.loading')}</p>`
        : mistakes.length === 0
          ? html`<p class="soft" role="status">${t('lead.mistakes.none')}</p>`
          : html`<ol class="mistakes">
                ${mistakes.map(one)}
              </ol>
              <p class="soft small">${t('lead.mistakes.text')}</p>`
    }
    <p class="error" role="alert">${error ? t(`class.error.${error}`) : nothing}</p>`;
}
