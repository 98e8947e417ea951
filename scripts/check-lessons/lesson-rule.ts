import type { CourseIndex } from './course-index.ts';
import type { LessonFiles } from './lesson.ts';
import type { Report } from './report.ts';

/** One condition that every lesson meets. Each has its file in `rules/`. */
export type LessonRule = (
  lesson: LessonFiles,
  report: Report,
  course: CourseIndex,
) => void | Promise<void>;
