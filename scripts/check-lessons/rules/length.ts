/** A lesson is short: one idea, at most 500 English words, something to do after at most 150. */
import type { LessonRule } from '../lesson-rule.ts';

const WORDS = 500;
const WORDS_BEFORE_DOING = 150;
const TO_DO = /<(Exercise|Predict|Quiz|Matcher)\b/;

export const length: LessonRule = ({ slug, pages: { en } }, report) => {
  if (!en) return;
  const words = (from: number, to: number) =>
    en.prose
      .filter(({ line, aside }) => !aside && line > from && line <= to)
      .reduce(
        (sum, { text }) => sum + (text.match(/[\p{L}\p{N}][\p{L}\p{N}'’/.-]*/gu) ?? []).length,
        0,
      );
  const lines = en.source.split('\n');
  const body = lines.indexOf('---', 1) + 1;
  const doing = lines.findIndex((line) => TO_DO.test(line));
  const all = words(body, lines.length);
  report.expect(all <= WORDS, `${slug}/en.mdx`, `has ${all} words; at most ${WORDS}`);
  report.expect(doing >= 0, `${slug}/en.mdx`, 'has nothing to do');
  if (doing < 0) return;
  const before = words(body, doing);
  report.expect(
    before <= WORDS_BEFORE_DOING,
    `${slug}/en.mdx`,
    `has ${before} words before there is something to do; at most ${WORDS_BEFORE_DOING}`,
  );
};
