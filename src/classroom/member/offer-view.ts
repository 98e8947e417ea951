/** What the teacher gives for an exercise, on the learner's page: shown as text, and asked. */
import type { Starter } from '../../../sandbox/protocol/starter.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { html, type TemplateResult } from '../../workbench/ui/view.ts';

export interface OfferContext {
  t: Words;
  toAll: boolean;
  /** Of the exercise, if the page has several. */
  title: string | null;
  take(): void;
  keep(): void;
}

export function offerView(
  { id, given }: Starter,
  { t, toAll, title, take, keep }: OfferContext,
): TemplateResult {
  const all = [...given.files, ...given.broker];
  const what = title === null ? t('starter.offer') : t('starter.offer.of', { title });
  return html`<div class="starter" data-starter=${id}>
    <p class="from">${t(toAll ? 'starter.all' : 'starter.you')}</p>
    <p><strong>${what}</strong> ${all.map(({ name }) => html`<code>${name}</code> `)}</p>
    <details>
      <summary>${t('starter.read')}</summary>
      ${all.map(
        ({ name, text }) =>
          html`<p class="from"><code>${name}</code></p>
            <pre tabindex="0" aria-label=${name}>${text}</pre>`,
      )}
    </details>
    <p class="actions">
      <button type="button" class="take" @click=${take}>${t('starter.take')}</button>
      <button type="button" @click=${keep}>${t('starter.keep')}</button>
    </p>
    <p class="from">${t('starter.kept')}</p>
  </div>`;
}
