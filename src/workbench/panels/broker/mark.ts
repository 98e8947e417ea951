import type { Words } from '../../i18n/words.ts';
import { h } from '../../ui/dom.ts';
import type { Mark } from './differences.ts';

/** A word, not a colour alone. */
export const markOf = (mark: Mark | undefined, words: Words): HTMLElement | undefined =>
  mark && h('span', { class: 'wb-mark wb-held-mark' }, words(`panels.broker.mark.${mark}`));
