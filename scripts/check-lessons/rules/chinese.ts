/** The Chinese page is written in Traditional characters, with the terms used in Taiwan. */
import * as OpenCC from 'opencc-js';
import type { PagePiece } from '../page.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { TERMS } from './mainland-terms.ts';

/** Characters that are right in both scripts, and that OpenCC would write in their older form. */
const BOTH = new Set('了台污布周占采托群');
const toTaiwan = OpenCC.Converter({ from: 'cn', to: 'tw' });

export interface Doubt {
  line: number;
  found: string;
  write: string;
}

export function doubtsOf({ text, line }: PagePiece): Doubt[] {
  const doubts: Doubt[] = [];
  // OpenCC goes by phrases, so it knows 皇后 from 之後; both texts have the same length.
  const taiwan = [...toTaiwan(text)];
  [...text].forEach((found, at) => {
    const write = taiwan[at]!;
    if (found !== write && !BOTH.has(found)) doubts.push({ line, found, write });
  });
  for (const [found, write] of Object.entries(TERMS)) {
    if (text.includes(found)) doubts.push({ line, found, write });
  }
  return doubts;
}

export const chinese: LessonRule = ({ slug, pages }, report) => {
  const page = pages['zh-tw'];
  if (!page) return;
  for (const piece of page.prose) {
    const doubts = doubtsOf(piece);
    if (doubts.length === 0) report.passed();
    for (const { line, found, write } of doubts) {
      report.failed(`${slug}/zh-tw.mdx:${line}`, `「${found}」: in Taiwan 「${write}」`);
    }
  }
};
