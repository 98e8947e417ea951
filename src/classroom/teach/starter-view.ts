/** What the teacher gives for an exercise: to write it, to give it, and to take it back. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, live, nothing, repeat, type TemplateResult } from '../../workbench/ui/view.ts';
import type { Column } from './grid.ts';
import { taken } from './lead-view.ts';
import type { LiveClass } from './live-class.ts';
import type { DraftFile } from './starters.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

interface Context {
  actions: TeachActions;
  t: Words;
}

export function starterView(
  model: TeachModel,
  current: LiveClass,
  shown: readonly Column[],
  { actions, t }: Context,
): TemplateResult {
  const { course, starters } = model;
  const ids = new Set(shown.map(({ id }) => id));
  const others = course.columns.filter(({ id }) => !ids.has(id));
  const { said } = starters;
  return html`<details class="manage starters">
    <summary>${t('starter.title')}</summary>
    <p class="soft">${t('starter.text')}</p>
    <form
      class="inline"
      @submit=${(event: SubmitEvent) => actions.starter.open(taken(event, 'exercise'))}
    >
      <label class="field">
        <span>${t('starter.exercise')}</span>
        <select name="exercise">
          ${[...shown, ...others].map(({ id, title }) => html`<option value=${id}>${title}</option>`)}
        </select>
      </label>
      <button>${t('starter.open')}</button>
    </form>
    ${draftView(model, current, { actions, t })}
    <p role="status" class=${said === null || said.isGood ? 'soft' : 'error'}>
      ${said ? t(said.key, said.values) : nothing}
    </p>
    ${givenView(model, current, { actions, t })}
  </details>`;
}

function draftView(
  { starters: { draft }, course }: TeachModel,
  { members }: LiveClass,
  { actions, t }: Context,
): TemplateResult | typeof nothing {
  if (!draft) return nothing;
  if (draft.isUnread) return html`<p class="error" role="alert">${t('starter.unread')}</p>`;
  if (!draft.files) return html`<p class="soft">…</p>`;
  if (draft.files.length === 0) return html`<p class="soft">${t('starter.none')}</p>`;
  const title = course.columns.find(({ id }) => id === draft.exercise)?.title ?? draft.exercise;
  const byName = new Intl.Collator(course.language, { numeric: true });
  const sorted = [...members].sort((a, b) => byName.compare(a.name, b.name));
  return html`<form @submit=${(event: SubmitEvent) => actions.starter.give(taken(event, 'to'))}>
    <h3>${title}</h3>
    ${repeat(
      draft.files,
      ({ name }) => `${draft.exercise} ${name}`,
      (file) => fileView(file, { actions, t }),
    )}
    <p class="soft small">${t('starter.same')}</p>
    <div class="inline">
      <label class="field">
        <span>${t('starter.to')}</span>
        <select name="to">
          <option value="all">${t('starter.to.all')}</option>
          ${sorted.map(({ id, name }) => html`<option value=${id}>${name}</option>`)}
        </select>
      </label>
      <button class="primary">${t('starter.do')}</button>
    </div>
  </form>`;
}

const fileView = ({ name, text }: DraftFile, { actions, t }: Context): TemplateResult =>
  html`<label class="field">
    <span>${t('starter.file', { name })}</span>
    <textarea
      class="program"
      rows=${Math.min(16, Math.max(4, text.split('\n').length + 1))}
      spellcheck="false"
      autocapitalize="off"
      autocomplete="off"
      dir="ltr"
      .value=${live(text)}
      @input=${(event: Event) => actions.starter.write(name, (event.target as HTMLTextAreaElement).value)}
    ></textarea>
  </label>`;

function givenView(
  { starters: { given }, course }: TeachModel,
  { members }: LiveClass,
  { actions, t }: Context,
): TemplateResult | typeof nothing {
  if (given.size === 0) return nothing;
  const time = new Intl.DateTimeFormat(course.language, { dateStyle: 'short', timeStyle: 'short' });
  const nameOf = (to: string): string =>
    to === 'all'
      ? t('starter.to.all')
      : (members.find(({ id }) => id === to)?.name ?? t('starter.gone'));
  const sorted = [...given].sort(([, a], [, b]) => b.starter.at - a.starter.at);
  return html`<h3>${t('starter.list')}</h3>
    <ul class="starter-list">
      ${repeat(
        sorted,
        ([key]) => key,
        ([, { to, starter }]) => {
          const { exercise } = starter;
          const title = course.columns.find(({ id }) => id === exercise)?.title ?? exercise;
          return html`<li>
            <span>
              <strong>${title}</strong>
              <span class="soft"
                ><bdi
                  >${t('starter.since', { to: nameOf(to), time: time.format(starter.at) })}</bdi
                ></span
              >
            </span>
            <button
              type="button"
              aria-label=${t('starter.back.label', { title, to: nameOf(to) })}
              @click=${() => actions.starter.back(to, exercise)}
            >
              ${t('starter.back')}
            </button>
          </li>`;
        },
      )}
    </ul>`;
}
