import type { Words } from '../../i18n/words.ts';
import { html, nothing } from '../../ui/view.ts';
import type { Mark } from './differences.ts';

/** A word, not a colour alone. */
export const markOf = (mark: Mark | undefined, words: Words) =>
  mark
    ? html`<span class="wb-mark wb-held-mark">${words(`panels.broker.mark.${mark}`)}</span>`
    : nothing;
