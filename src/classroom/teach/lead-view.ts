/** What the teacher says to the class: a note, a call to an exercise, a pause. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import type { Column } from './grid.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

const minutes = [1, 2, 5, 10];

/** The text of a form's field. */
export function taken(event: SubmitEvent, name: string): string {
  event.preventDefault();
  const form = event.currentTarget as HTMLFormElement;
  return String(new FormData(form).get(name) ?? '').trim();
}

export function leadView(
  model: TeachModel,
  shown: readonly Column[],
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const { frozenUntil, course } = model;
  const left = Math.max(0, Math.ceil(((frozenUntil ?? 0) - performance.now()) / 1_000));
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
  const shownIds = new Set(shown.map(({ id }) => id));
  const others = course.columns.filter(({ id }) => !shownIds.has(id));
  return html`<details class="manage lead-class">
    <summary>${t('lead.title')}</summary>
    ${noteForm((text) => actions.note(text), t('lead.note.label'), t)}
    <form class="inline" @submit=${(event: SubmitEvent) => actions.bring(taken(event, 'exercise'))}>
      <label class="field">
        <span>${t('lead.bring.label')}</span>
        <select name="exercise">
          ${[...shown, ...others].map(({ id, title }) => html`<option value=${id}>${title}</option>`)}
        </select>
      </label>
      <button>${t('lead.bring.do')}</button>
    </form>
    ${
      left > 0
        ? html`<p class="actions">
            <span role="timer">${t('lead.freeze.until', { clock })}</span>
            <button type="button" @click=${() => actions.freeze(0)}>${t('lead.freeze.end')}</button>
          </p>`
        : html`<form
            class="inline"
            @submit=${(event: SubmitEvent) => actions.freeze(60 * Number(taken(event, 'minutes')))}
          >
            <label class="field">
              <span>${t('lead.freeze.label')}</span>
              <select name="minutes">
                ${minutes.map(
                  (n) => html`<option value=${n}>${t('lead.freeze.minutes', { n })}</option>`,
                )}
              </select>
            </label>
            <button>${t('lead.freeze.do')}</button>
          </form>`
    }
    ${saidView(model, t)} ${shownView(model, { actions, t })}
    <p class="soft small">
      ${t('show.lead')}
      <a href=${`${course.show}#class=${model.live?.class.id ?? ''}`} target="_blank" rel="noopener"
        >${t('show.page')}</a
      >
    </p>
  </details>`;
}

/** What the class sees of the teacher's run, and its end: the page that shows may be on another machine. */
function shownView(
  { shown, course, isBusy }: TeachModel,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult | typeof nothing {
  if (shown === null) return nothing;
  const exercise = course.columns.find(({ id }) => id === shown)?.title ?? shown;
  return html`<p class="actions" data-shown>
    <span>${t('show.now', { exercise })}</span>
    <button type="button" ?disabled=${isBusy} @click=${() => actions.endShow()}>
      ${t('show.end')}
    </button>
  </p>`;
}

export function noteForm(send: (text: string) => void, label: string, t: Words): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    const text = taken(event, 'note');
    if (text === '') return;
    send(text);
    (event.currentTarget as HTMLFormElement).reset();
  };
  return html`<form class="inline" @submit=${submit}>
    <label class="field">
      <span>${label}</span>
      <input name="note" maxlength="500" required dir="auto" autocomplete="off" />
    </label>
    <button>${t('lead.note.do')}</button>
  </form>`;
}

/** Whether what was said has arrived at the broker, and is stored. */
export function saidView({ said }: TeachModel, t: Words): TemplateResult {
  const isGood = said !== null && said !== 'failed' && said.isKept;
  const words = (): string => {
    if (said === null) return '';
    if (said === 'failed') return t('lead.failed');
    return [t(`lead.sent.${said.what}`), said.isKept ? '' : t('lead.notKept')].join(' ').trim();
  };
  return html`<p role="status" class=${said === null || isGood ? 'soft' : 'error'}>${words()}</p>`;
}
