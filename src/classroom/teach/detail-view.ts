/** One learner, or one learner's exercise, more closely. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { workState } from '../../../sandbox/protocol/work.ts';
import { stateText } from './grid-view.ts';
import { exerciseView } from './exercise-view.ts';
import { checkText, hintText } from './lesson-texts.ts';
import { workKey } from './live-class.ts';
import { memberView } from './member-view.ts';
import type { Detail, TeachActions, TeachModel } from './teach-model.ts';

const minute = 60_000;

export function detailView(model: TeachModel, actions: TeachActions, t: Words): TemplateResult {
  const { detail, live: current } = model;
  if (detail?.kind === 'exercise') return exerciseView(model, detail, { actions, t });
  const member = current?.members.find(({ id }) => id === detail?.member);
  if (!detail || !member) return html``;
  return html`<div class="dialog-head">
      <h2><bdi>${member.name}</bdi></h2>
      <button type="button" class="plain" @click=${actions.closeDetail}>${t('class.close')}</button>
    </div>
    <p class="look-over" ?hidden=${member.seat === 'free'}>
      <a class="button" href=${`${model.course.look}#${current!.class.id}/${member.id}`}
        >${t('look.do')}</a
      >
      <span class="soft small">${t('look.do.text')}</span>
    </p>
    ${
      detail.kind === 'cell'
        ? cellDetail(model, detail, t)
        : memberView(model, detail, member, { actions, t })
    }
    <p class="error" role="alert">${model.error ? t(`class.error.${model.error}`) : nothing}</p>`;
}

function cellDetail(
  { course, live: current, now }: TeachModel,
  { member, exercise, texts }: Extract<Detail, { kind: 'cell' }>,
  t: Words,
): TemplateResult {
  const work = current?.work.get(workKey(member, exercise));
  const column = course.columns.find(({ id }) => id === exercise);
  const state = workState(work, now);
  const [lesson = '', name = ''] = exercise.split('/');
  const address = `${course.lesson.replace('{lesson}', lesson)}#exercise-${name}`;
  const ago = (at: number): string => {
    const n = Math.floor((now - at) / minute);
    return n < 1 ? t('class.now') : t('class.minutesAgo', { n });
  };
  const row = (label: string, value: unknown): TemplateResult =>
    html`<div>
      <dt>${label}</dt>
      <dd>${value}</dd>
    </div>`;
  return html`<p><a href=${address}>${column?.title ?? exercise}</a></p>
    <p class="state" data-state=${state}>
      ${column ? stateText({ column, state, work }, t) : nothing}
    </p>
    ${
      work
        ? html`<dl class="facts">
            ${work.red && texts ? row(t('class.red'), checkText(texts, work.red)) : nothing}
            ${
              work.hint && texts && work.passed === null
                ? row(t('class.hint'), hintText(texts, work.hint))
                : nothing
            }
            ${row(t('class.tries'), work.took ?? work.tries)}
            ${
              work.passed === null
                ? row(t(work.green === 0 ? 'class.began' : 'class.advanced'), ago(work.advanced))
                : row(t('class.passedAt'), ago(work.passed))
            }
            ${row(t('class.active'), ago(work.active))}
          </dl>`
        : nothing
    }`;
}
