import type { Course } from './course.ts';
import type { LessonFiles } from './lesson.ts';
import type { Report } from './report.ts';

/** One thing that is true of every lesson. Each lives in a file of its own in `rules/`. */
export type Rule = (lesson: LessonFiles, report: Report, course: Course) => void | Promise<void>;
