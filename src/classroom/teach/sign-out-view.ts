/** Which browsers are the teacher's, and how that ends. */
import type { Words } from '../../workbench/i18n/words.ts';
import { html, type TemplateResult } from '../../workbench/ui/view.ts';
import type { TeachActions, TeachModel } from './teach-model.ts';

export const signOutView = (
  { browsers, sure }: TeachModel,
  { actions, t }: { actions: TeachActions; t: Words },
): TemplateResult =>
  html`<p class="actions sign-out">
      <button type="button" @click=${() => actions.signOut(false)}>${t('class.out.here')}</button>
      <button
        type="button"
        class="danger"
        @click=${() => actions.signOut(true)}
        @blur=${actions.keep}
      >
        ${t(sure?.kind === 'out' ? 'class.out.all.sure' : 'class.out.all')}
      </button>
    </p>
    <p class="soft small">${t('class.out.text', { n: browsers })}</p>`;
