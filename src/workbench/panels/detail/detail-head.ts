import type { Words } from '../../i18n/words.ts';
import { iconView } from '../../ui/icons.ts';
import { html, type TemplateResult } from '../../ui/view.ts';

/** Above one thing in full: what it is, and a button that closes it. */
export const detailHead = (title: unknown, onClose: () => void, words: Words): TemplateResult =>
  html`<div class="wb-detail-head">
    ${title}
    <button
      type="button"
      class="wb-plain"
      aria-label=${words('workbench.detail.close')}
      @click=${onClose}
    >
      ${iconView('close')}
    </button>
  </div>`;
