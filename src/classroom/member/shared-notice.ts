/** The class's shared room, in an exercise's page: that it is open, and that it takes no messages for a while. */
import { sharedHost, type SharedState } from '../../../sandbox/protocol/shared-room.ts';
import { createWords } from '../../workbench/i18n/words.ts';
import { html, nothing } from '../../workbench/ui/view.ts';
import type { FromTeacher } from './from-teacher.ts';

const files = import.meta.glob<Record<string, string>>('../../i18n/*/lead.json', {
  import: 'default',
});
/** Whether the learner has closed it, over the pages of a lesson. */
const closedKey = 'retained:shared-closed';
const cardName = 'shared room';

export class SharedNotice {
  readonly #language: 'en' | 'zh-tw';
  readonly #shown: Pick<FromTeacher, 'card'>;
  #state: SharedState | null = null;

  constructor(language: 'en' | 'zh-tw', shown: Pick<FromTeacher, 'card'>) {
    this.#language = language;
    this.#shown = shown;
  }

  /** Null: there is none, or it is closed. */
  async said(state: SharedState | null): Promise<void> {
    this.#state = state?.isOpen ? state : null;
    const strings = await files[`../../i18n/${this.#language}/lead.json`]?.();
    const now = this.#state;
    // What was said last counts. That it is open can be put aside; a pause ends by itself.
    if (!now || (!now.isPaused && wasClosed())) return this.#shown.card(cardName, null);
    const t = createWords(strings ?? {});
    const how = `${import.meta.env.BASE_URL}${this.#language}/class-room/`;
    const close = (): void => {
      remember();
      this.#shown.card(cardName, null);
    };
    const view = html`<div>
      <p>
        ${t(now.isPaused ? 'lead.shared.paused' : 'lead.shared', { address: `mqtt://${sharedHost}` })}
      </p>
      <p class="actions">
        <a href=${how}>${t('lead.shared.how')}</a>
        ${now.isPaused ? nothing : html`<button type="button" @click=${close}>${t('lead.close')}</button>`}
      </p>
    </div>`;
    this.#shown.card(cardName, view);
  }
}

function wasClosed(): boolean {
  try {
    return sessionStorage.getItem(closedKey) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    sessionStorage.setItem(closedKey, '1');
  } catch {
    // It is shown again on the next page.
  }
}
