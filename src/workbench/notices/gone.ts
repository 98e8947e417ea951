/** A script of the page that was to be loaded when it is needed, and is no longer there. */
import type { Notice } from './notice.ts';

/** As Chromium, Firefox and Safari put it; an import that fails has no other mark. */
const sentences = /dynamically imported module|module script failed/i;

export const isGone = (reason: unknown): boolean =>
  reason instanceof TypeError && sentences.test(reason.message);

export const goneNotice: Notice = {
  text: { key: 'workbench.notice.gone' },
  tone: 'wrong',
  actions: [
    { label: { key: 'workbench.notice.gone.reload' }, action: { do: 'reload' } },
    { label: { key: 'workbench.close' }, action: { do: 'dismiss', subject: 'gone' } },
  ],
};
