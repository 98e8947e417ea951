/**
 * A program's text at a length that a page can lay out: rows, characters and combining marks each
 * cost layout time. Applied in the worker, which counts what it leaves out, and again in the page.
 */

/** Longest text of one console call, in UTF-16 units. */
export const MAX_TEXT = 8192;
/** Rows of one text: a stack has ten, a printed client about 300. */
export const MAX_ROWS = 400;
/** Combining marks on one letter: Vietnamese, Hebrew and Thai need at most four. */
const MAX_MARKS = 4;
/** Room for the sentence about what was left out. */
const SENTENCE = 92;

/** "… 98,000 more characters", in the learner's language. */
export type MoreText = (count: number, of: 'characters' | 'rows') => string;
export interface Most {
  text: number;
  rows: number;
}

const marks = new RegExp(`(\\p{M}{${MAX_MARKS}})\\p{M}+`, 'gu');

/** `leftOut`: characters that were cut off before. A text that fits is returned as it is. */
export function fitText(
  text: string,
  more: MoreText,
  leftOut = 0,
  most: Most = { text: MAX_TEXT, rows: MAX_ROWS },
): string {
  let kept = text;
  let characters = leftOut;
  if (text.length > most.text || leftOut > 0) {
    kept = text.slice(0, most.text - SENTENCE);
    characters += text.length - kept.length;
  }
  const { length } = kept;
  kept = withFewMarks(kept);
  characters += length - kept.length;
  const end = endOfRow(kept, most.rows - 1);
  // The text that fits has no row behind the last one that it may have.
  if (end >= 0 && endOfRow(kept, most.rows) >= 0) {
    const rows = rowCountOf(kept) - (most.rows - 1);
    kept = `${kept.slice(0, end)}\n${more(rows, 'rows')}`;
  }
  return characters > 0 ? `${kept} ${more(characters, 'characters')}` : kept;
}

/** Marks are drawn one above the other, and each costs more than the one before. */
export function withFewMarks(text: string): string {
  return text.replace(marks, '$1');
}

/**
 * What a text costs to lay out, in letters of Latin: every other script is shaped, and a pair of
 * surrogates may be a picture.
 */
export function costOf(text: string): number {
  return text.length + 2 * (text.match(/[^\0-\u024f]/g)?.length ?? 0);
}

export function rowCountOf(text: string): number {
  let rows = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) rows++;
  return rows;
}

/** Where the n-th row ends with a line break; -1 if the text has no row behind it. */
function endOfRow(text: string, n: number): number {
  let at = -1;
  for (let row = 0; row < n; row++) {
    at = text.indexOf('\n', at + 1);
    if (at < 0) return -1;
  }
  return at;
}
