/** Nothing is left that `npm run new:lesson` wrote only to be replaced. */
import { languages, setsOf } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

const MARK = 'TODO';

export const unfinished: LessonRule = ({ slug, pages, exercises }, report) => {
  const look = (where: string, text: string) => {
    const line = text.split('\n').findIndex((each) => each.includes(MARK));
    report.expect(line < 0, `${where}:${line + 1}`, `still says ${MARK}`);
  };
  for (const language of languages) {
    const page = pages[language];
    if (page) look(`${slug}/${language}.mdx`, page.source);
  }
  for (const files of exercises) {
    for (const [folder, set] of setsOf(files)) {
      for (const [name, text] of set) look(`${files.id}/${folder}/${name}`, text);
    }
  }
};
