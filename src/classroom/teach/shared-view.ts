/** The shared room on the teacher's page: open or not, and the way to its picture. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, live, type TemplateResult } from '../../workbench/ui/view.ts';
import type { LiveClass } from './live-class.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

export function sharedView(
  { course, isBusy }: TeachModel,
  { class: one }: LiveClass,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult {
  return html`<details class="manage shared-class">
    <summary>${t('shared.title')}</summary>
    <p class="soft">${t('shared.text')}</p>
    <label class="switch">
      <input
        type="checkbox"
        .checked=${live(one.shared.isOpen)}
        ?disabled=${isBusy}
        @change=${(event: Event) => actions.share((event.target as HTMLInputElement).checked)}
      />
      <span>${t('shared.switch')}</span>
    </label>
    <p class="actions">
      <a class="button" href=${`${course.shared}#${one.id}`}>${t('shared.see')}</a>
    </p>
    <p class="soft small">${t('shared.close.text')}</p>
  </details>`;
}
