/** What the rules know of the whole course, beside the lesson they look at. */
import { course } from '../../lessons/course.ts';

export interface Course {
  /** Ids of the lessons that have pages, in order. */
  written: ReadonlySet<string>;
  /** Ids of all lessons. */
  all: ReadonlySet<string>;
}

export function readCourse(): Course {
  const lessons = course.flatMap((part) => part.lessons);
  return {
    written: new Set(lessons.filter(({ status }) => status === 'written').map(({ id }) => id)),
    all: new Set(lessons.map(({ id }) => id)),
  };
}
