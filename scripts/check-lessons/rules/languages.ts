/** Both languages are there, with the same exercises, checks, hints, quizzes and sources. */
import { sameIds } from '../../../src/mdx/ids.ts';
import { languages } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

export const bothLanguages: LessonRule = ({ slug, pages }, report) => {
  for (const language of languages) {
    report.expect(pages[language] !== undefined, `${slug}/${language}.mdx`, 'is missing');
  }
  if (!languages.every((language) => pages[language])) return;
  try {
    sameIds(
      slug,
      Object.fromEntries(languages.map((language) => [language, pages[language]!.source])),
    );
    report.passed();
  } catch (error) {
    report.failed(slug, (error as Error).message);
  }
};
