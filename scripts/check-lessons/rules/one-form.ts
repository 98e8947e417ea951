/** A term has one form, on every page and in the comments of its programs. */
import { languages } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { wrongForms } from './forms.ts';

export const oneForm: LessonRule = ({ slug, pages, exercises }, report) => {
  const look = (where: string, text: string, language: (typeof languages)[number]) => {
    const wrong = wrongForms(text, language);
    if (wrong.length === 0) report.passed();
    for (const { found, write } of wrong) report.failed(where, `“${found}”: here it is “${write}”`);
  };
  for (const language of languages) {
    for (const { text, line } of pages[language]?.prose ?? []) {
      look(`${slug}/${language}.mdx:${line}`, text, language);
    }
    for (const { id, comments } of exercises) {
      for (const text of Object.values(comments[language] ?? {})) {
        look(`${id}/comments.${language}.json`, text, language);
      }
    }
  }
};
