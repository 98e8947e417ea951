/** Every folder in `lessons/` is a written lesson of the course, and has an exercise. */
import type { LessonRule } from '../lesson-rule.ts';

export const listed: LessonRule = ({ slug, exercises }, report, { written }) => {
  report.count('lessons');
  report.expect(written.has(slug), slug, 'is not a written lesson of lessons/course.ts');
  report.expect(exercises.length > 0, slug, 'has no exercise');
};
