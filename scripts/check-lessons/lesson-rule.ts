import type { CourseIndex } from './course-index.ts';
import type { LessonFiles } from './lesson.ts';
import type { Report } from './report.ts';

/** One thing that is true of every lesson. Each lives in a file of its own in `rules/`. */
export type LessonRule = (
  lesson: LessonFiles,
  report: Report,
  course: CourseIndex,
) => void | Promise<void>;
