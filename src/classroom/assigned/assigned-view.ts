/** What is assigned, for the learner: how much is done, the way to the next one, and the list. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, nothing, type TemplateResult } from '../../workbench/ui/view.ts';
import { exerciseAddress, type AssignedItem } from './assigned-list.ts';

export interface AssignedContext {
  /** Address of the course in its language. */
  course: string;
  language: 'en' | 'zh-tw';
  t: Words;
}

const signs = { done: '✓', next: '→', open: '○', closed: '◷' } as const;

export function timeText(at: number, language: string): string {
  const isToday = new Date(at).toDateString() === new Date().toDateString();
  const form: Intl.DateTimeFormatOptions = isToday
    ? { timeStyle: 'short' }
    : { dateStyle: 'medium', timeStyle: 'short' };
  return new Intl.DateTimeFormat(language, form).format(at);
}

export function assignedView(
  items: readonly AssignedItem[],
  isTest: boolean,
  { course, language, t }: AssignedContext,
): TemplateResult {
  const n = items.filter(({ state }) => state === 'done').length;
  const next = items.find(({ state }) => state === 'next');
  const all = items.length;
  const item = ({ id, title, state, from }: AssignedItem): TemplateResult =>
    html`<li data-state=${state}>
      <span class="sign" aria-hidden="true">${signs[state]}</span>
      ${
        state === 'closed'
          ? html`<span>${title}</span> <small>${t('assign.opens', { time: timeText(from!, language) })}</small>` // prettier-ignore
          : html`<a href=${exerciseAddress(course, id)}>${title}</a>
              <span class="visually-hidden">(${t(`assign.state.${state}`)})</span>`
      }
    </li>`;
  return html`<div class="assigned-head">
      <strong>${t(isTest ? 'assign.test' : 'assign.yours')}</strong>
      <span>${t('assign.done', { n, all })}</span>
      ${
        next
          ? html`<a class="assigned-next" href=${exerciseAddress(course, next.id)}
              >${t('assign.next', { title: next.title })}</a
            >`
          : n === all
            ? html`<span>${t('assign.all')}</span>`
            : nothing
      }
    </div>
    ${isTest ? html`<p class="assigned-test">${t('assign.inTest')}</p>` : nothing}
    <details>
      <summary>${t('assign.list')}</summary>
      <ol>
        ${items.map(item)}
      </ol>
    </details>`;
}
