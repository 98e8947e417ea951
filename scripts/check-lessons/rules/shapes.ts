/** An exercise that wants code has a model of three to eight lines: another program, not the answer. */
import { changedPrograms, setsOf } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

const FEWEST = 3;
const MOST = 8;

export const shapes: LessonRule = ({ exercises }, report) => {
  for (const files of exercises) {
    const where = `${files.id}/shape.ts`;
    if (changedPrograms(files).length === 0) continue;
    if (files.shape === undefined) {
      report.expect(false, where, 'is missing: three to eight lines of another program');
      continue;
    }
    const lines = linesOf(files.shape).filter((line) => !line.startsWith('import '));
    report.expect(
      lines.length >= FEWEST && lines.length <= MOST,
      where,
      `has ${lines.length} lines beside its imports; ${FEWEST} to ${MOST}`,
    );
    const isComment = lines.some((line) => line.trimStart().startsWith('//'));
    report.expect(!isComment, where, 'has a comment: it is shown in both languages as it is');
    const answers = [...setsOf(files)]
      .filter(([folder]) => folder === 'solution' || folder.startsWith('also-right/'))
      .flatMap(([, set]) => [...set.values()].flatMap(linesOf));
    const starters = new Set([...files.starter.values()].flatMap(linesOf));
    const given = lines.find(
      (line) => answers.includes(line) && !starters.has(line) && line.length > 4,
    );
    report.expect(given === undefined, where, `gives a line of the solution: ${given}`);
  }
};

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');
