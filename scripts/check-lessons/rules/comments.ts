/** Comments of programs are translated into every language. */
import { commentsIn } from '../../../src/mdx/comments.ts';
import type { LessonRule } from '../lesson-rule.ts';

const shown = /\.(?:ts|conf)$/;

export const comments: LessonRule = ({ exercises }, report) => {
  for (const { id, starter, solution, comments } of exercises) {
    const where = `${id}/comments.zh-tw.json`;
    const texts = [...starter, ...solution].filter(([name]) => shown.test(name));
    const wanted = new Set(texts.flatMap(([, text]) => commentsIn(text)));
    const said = comments['zh-tw'] ?? {};
    for (const words of wanted)
      report.expect(
        /\p{Script=Han}/u.test(said[words] ?? ''),
        where,
        `lacks “${words}” in Chinese`,
      );
    for (const words of Object.keys(said))
      report.expect(wanted.has(words), where, `“${words}” stands in no starter and no solution`);
  }
};
