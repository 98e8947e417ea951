/** The teacher's page: before there is a class, and with one. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { classView, spaced } from './class-view.ts';
import { signOutView } from './sign-out-view.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

export function teachView(model: TeachModel, actions: TeachActions, t: Words): TemplateResult {
  const { step, live, announcement } = model;
  const body = (): TemplateResult => {
    if (step === 'class' && live) return classView(model, live, { actions, t });
    if (step === 'stranger') return strangerView(model, t);
    if (step === 'classes') return classesView(model, actions, t);
    if (model.error) return failedView(model, actions, t);
    return html`<p class="soft" role="status">${t('class.loading')}</p>`;
  };
  return html`${body()}
    <p class="visually-hidden" role="status">${announcement}</p>`;
}

const strangerView = ({ course, error }: TeachModel, t: Words): TemplateResult =>
  html`<h1>${t('class.title')}</h1>
    <p class="lead">${t('class.stranger')}</p>
    <p class="error" role="alert">${error ? t(`class.error.${error}`) : nothing}</p>
    <p><a href=${course.guide}>${t('class.guide')}</a></p>`;

/** The first question got no answer: the link's secret has left the address, so a reload would lose it. */
const failedView = ({ error }: TeachModel, actions: TeachActions, t: Words): TemplateResult =>
  html`<h1>${t('class.title')}</h1>
    <p class="error" role="alert">${t(`class.error.${error!}`)}</p>
    <p class="actions">
      <button type="button" class="primary" @click=${actions.again}>${t('class.again')}</button>
    </p>`;

function classesView(model: TeachModel, actions: TeachActions, t: Words): TemplateResult {
  const { classes, course, isBusy, error } = model;
  const date = new Intl.DateTimeFormat(course.language, { dateStyle: 'long' });
  return html`<h1>${t('class.title')}</h1>
    <p class="lead">${t('class.start.text')}</p>
    <p class="actions">
      <button type="button" class="primary" ?disabled=${isBusy} @click=${actions.create}>
        ${t('class.start')}
      </button>
      <a href=${course.privacy}>${t('class.privacy.link')}</a>
    </p>
    <p class="error" role="alert">${error ? t(`class.error.${error}`) : nothing}</p>
    ${
      classes.length > 0
        ? html`<h2>${t('class.yours')}</h2>
            <ul class="classes">
              ${classes.map(
                (one) =>
                  html`<li>
                    <button type="button" @click=${() => actions.open(one.id)}>
                      <strong>${spaced(one.code)}</strong>
                      <span>${date.format(one.created)}</span>
                      <span>${t('class.learners', { n: one.members })}</span>
                    </button>
                  </li>`,
              )}
            </ul>`
        : nothing
    }
    ${signOutView(model, { actions, t })}`;
}
