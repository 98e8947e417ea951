import type { Words } from '../../words.ts';
import { h } from '../dom.ts';
import type { Mark } from './differences.ts';

/** A word, not a colour alone. */
export const markOf = (mark: Mark | undefined, words: Words): HTMLElement | undefined =>
  mark && h('span', { class: 'wb-mark wb-held-mark' }, words(`panels.broker.mark.${mark}`));
