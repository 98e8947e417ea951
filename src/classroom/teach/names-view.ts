/** The list of names that learners pick theirs from. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, live, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import type { LiveClass } from './live-class.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

export function namesView(
  { list, error, isBusy }: TeachModel,
  current: LiveClass,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  const seats = current.members.filter(({ seat }) => seat !== null);
  const free = seats.filter(({ seat }) => seat === 'free').length;
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget as HTMLFormElement;
    const text = String(new FormData(form).get('names') ?? '');
    if (text.trim() !== '') actions.addNames(text, () => form.reset());
  };
  return html`<details class="manage names">
    <summary>${t('names.title')}</summary>
    <p class="soft">${t('names.text')}</p>
    <form @submit=${submit}>
      <label class="field">
        <span>${t('names.label')}</span>
        <textarea name="names" rows="6" maxlength="200000" dir="auto" spellcheck="false"></textarea>
      </label>
      <p class="actions">
        <button ?disabled=${isBusy}>${t('names.add')}</button>
        <span role="status">${list ? reportText(list, t) : nothing}</span>
      </p>
    </form>
    <p class="error" role="alert">${error ? t(`class.error.${error}`) : nothing}</p>
    ${seats.length > 0 ? html`<p>${t('names.count', { free, all: seats.length })}</p>` : nothing}
    <label class="switch" ?hidden=${seats.length === 0 && !current.class.listOnly}>
      <input
        type="checkbox"
        .checked=${live(current.class.listOnly)}
        @change=${(event: Event) => actions.listOnly((event.target as HTMLInputElement).checked)}
      />
      <span>${t('names.only')}</span>
    </label>
  </details>`;
}

const reportText = (
  { added, known, unreadable }: NonNullable<TeachModel['list']>,
  t: Words,
): string =>
  [
    t('names.added', { n: added }),
    known > 0 ? t('names.known', { n: known }) : '',
    unreadable > 0 ? t('names.unreadable', { n: unreadable }) : '',
  ].join(' ');
