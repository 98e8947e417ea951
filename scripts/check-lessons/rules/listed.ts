/** What lies in `lessons/` is a written lesson of the course, and has something to do. */
import type { Rule } from '../rule.ts';

export const listed: Rule = ({ slug, exercises }, report, { written }) => {
  report.count('lessons');
  report.expect(written.has(slug), slug, 'is not a written lesson of lessons/course.ts');
  report.expect(exercises.length > 0, slug, 'has no exercise');
};
