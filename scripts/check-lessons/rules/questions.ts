/**
 * Two to four quiz questions, an explanation for every answer, right or wrong, and nothing that gives
 * the right answer away: over a lesson, neither its place nor its length.
 */
import { languages } from '../lesson.ts';
import type { ParsedPage, QuizAnswer } from '../page.ts';
import type { LessonRule } from '../lesson-rule.ts';

/** The answers of each quiz, in order. */
const quizzesOf = ({ answers }: ParsedPage): readonly QuizAnswer[][] => [
  ...Map.groupBy(answers, ({ quiz }) => quiz).values(),
];
const placeOf = (answers: readonly QuizAnswer[]) => answers.findIndex(({ right }) => right) + 1;

/** A wide character, such as a Chinese one, is as wide as two others. */
const widthOf = (text: string): number =>
  [...text].reduce((sum, each) => sum + (/[\u2e80-\uffef]/u.test(each) ? 2 : 1), 0);

/** Whether the right answer is alone the one that `beats` every other by its width. */
function standsOut(
  answers: readonly QuizAnswer[],
  beats: (one: number, other: number) => boolean,
): boolean {
  const right = answers.find((answer) => answer.right);
  if (!right) return false;
  const width = widthOf(right.text);
  return answers.every((each) => each === right || beats(width, widthOf(each.text)));
}

/** What a learner could guess the right answers by, without reading them. */
export function givenAwayBy(page: ParsedPage): string[] {
  const quizzes = quizzesOf(page);
  if (quizzes.length < 2) return [];
  const places = new Set(quizzes.map(placeOf));
  const every = (beats: (one: number, other: number) => boolean) =>
    quizzes.every((answers) => standsOut(answers, beats));
  const found: string[] = [];
  if (places.size === 1) {
    found.push(
      `the right answer is number ${[...places][0]} in every quiz; put one in another place`,
    );
  }
  if (every((one, other) => one > other)) {
    found.push('the right answer is the longest in every quiz; make it shorter or another longer');
  }
  if (every((one, other) => one < other)) {
    found.push('the right answer is the shortest in every quiz; make it longer or another shorter');
  }
  return found;
}

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
    const given = givenAwayBy(page);
    report.expect(given.length === 0, where, given.join('; '));
  }
  const { en, 'zh-tw': other } = pages;
  if (!en || !other) return;
  report.expect(
    String(quizzesOf(en).map(placeOf)) === String(quizzesOf(other).map(placeOf)),
    slug,
    'the languages have the right answers in other places',
  );
};
