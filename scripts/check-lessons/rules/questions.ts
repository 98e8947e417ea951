/** Two to four quiz questions, and an explanation for every answer option, right or wrong. */
import { languages } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

export const questions: LessonRule = ({ slug, pages }, report) => {
  for (const language of languages) {
    const page = pages[language];
    if (!page) continue;
    const where = `${slug}/${language}.mdx`;
    const count = (name: string) => page.elements.filter((each) => each.name === name).length;
    const quizzes = count('Quiz');
    report.expect(
      quizzes >= 2 && quizzes <= 4,
      where,
      `has ${quizzes} quiz questions; two to four`,
    );
    report.expect(
      count('Answer') === count('Why'),
      where,
      `has ${count('Answer')} answers and ${count('Why')} explanations; every answer has its <Why>`,
    );
  }
};
