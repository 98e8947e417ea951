/** Every check and hint of an exercise has its sentence on the page, and no sentence is left over. */
import { isCommon } from '../../../sandbox/checks/common.ts';
import { idsOf } from '../../../src/mdx/ids.ts';
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { languages } from '../lesson.ts';
import type { Report } from '../report.ts';
import type { LessonRule } from '../lesson-rule.ts';

export const sentences: LessonRule = ({ slug, pages, exercises }, report) => {
  for (const language of languages) {
    const page = pages[language];
    if (!page) continue;
    const where = `${slug}/${language}.mdx`;
    const used = idsOf(page.source);
    compare(
      new Set(exercises.map(({ id }) => `Exercise ${id.split('/')[1]!}`)),
      used.filter((id) => id.startsWith('Exercise ')),
      where,
      report,
    );
    compare(
      new Set(exercises.flatMap(({ exercise }) => sentencesOf(exercise))),
      used.filter((id) => id.startsWith('Check ') || id.startsWith('Hint ')),
      where,
      report,
    );
  }
};

const sentencesOf = ({ checks }: Exercise): string[] =>
  checks.flatMap(({ id, hints = [] }) => [
    `Check ${id}`,
    ...hints.filter(({ id: hint }) => !isCommon(hint)).map((hint) => `Hint ${hint.id}`),
  ]);

function compare(needed: Set<string>, found: string[], where: string, report: Report): void {
  for (const id of needed) report.expect(found.includes(id), where, `has no <${id}>`);
  for (const id of found) {
    report.expect(needed.has(id), where, `has <${id}>, which no exercise.ts knows`);
  }
}
