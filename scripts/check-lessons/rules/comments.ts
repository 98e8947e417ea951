/** Comments of programs, and the texts that they print, are translated into every language. */
import { commentsIn, printedIn } from '../../../src/mdx/comments.ts';
import type { LessonRule } from '../lesson-rule.ts';

const shown = /\.(?:ts|conf)$/;

export const comments: LessonRule = ({ exercises }, report) => {
  for (const { id, starter, solution, comments } of exercises) {
    const where = `${id}/comments.zh-tw.json`;
    const texts = [...starter, ...solution].filter(([name]) => shown.test(name));
    const printed = new Set(texts.flatMap(([, text]) => printedIn(text)));
    const wanted = new Set([...texts.flatMap(([, text]) => commentsIn(text)), ...printed]);
    const said = comments['zh-tw'] ?? {};
    for (const words of wanted)
      report.expect(
        /\p{Script=Han}/u.test(said[words] ?? ''),
        where,
        `lacks “${words}” in Chinese`,
      );
    for (const words of printed)
      report.expect(
        !/['\\\n]/.test(said[words] ?? ''),
        where,
        `has a quote, a backslash or a line break in “${said[words]}”, which stands between quotes`,
      );
    for (const words of Object.keys(said))
      report.expect(wanted.has(words), where, `“${words}” stands in no starter and no solution`);
  }
};
