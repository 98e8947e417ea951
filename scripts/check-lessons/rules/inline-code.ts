/** Between backticks everything is shown as it stands: braces need no quotes there, and spaces stay. */
import { languages } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

export const inlineCode: LessonRule = ({ slug, pages }, report) => {
  for (const language of languages) {
    for (const { text, line } of pages[language]?.inlineCode ?? []) {
      const isAsMeant = text === text.trim() && !/\{['"]/.test(text);
      const where = `${slug}/${language}.mdx:${line}`;
      const shown = text.replaceAll(/\s+/g, ' ');
      report.expect(isAsMeant, where, `shows \`${shown}\` with its quotes and spaces`);
    }
  }
};
