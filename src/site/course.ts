/** The course as pages see it: the list of lessons/course.ts with the text in lessons/. */
import { getCollection, type CollectionEntry } from 'astro:content';
import { course, paths, type Lesson, type Part, type Path } from '../../lessons/course.ts';
import { movedExercises, movedQuestions } from '../../lessons/moved.ts';
import { languages, type Language } from '../i18n/index.ts';
import { idsOf, sameIds } from '../mdx/ids.ts';

export type { Lesson, Part, Path };
export { course, movedExercises, paths };
export { to } from './paths.ts';

export interface LessonPosition {
  lesson: Lesson;
  part: Part;
  /** 1, 2, 3 … */
  partNumber: number;
  /** The nearest lessons before and after it that are written. */
  previous?: Lesson;
  next?: Lesson;
}

/** Of every written lesson. */
function positionsOf(parts: readonly Part[]): LessonPosition[] {
  const all = parts.flatMap((part, at) =>
    part.lessons.map((lesson): LessonPosition => ({ lesson, part, partNumber: at + 1 })),
  );
  const written = all.filter(({ lesson }) => lesson.status === 'written');
  return written.map((place, at) => ({
    ...place,
    previous: written[at - 1]?.lesson,
    next: written[at + 1]?.lesson,
  }));
}

const exercisesOf = (
  component: 'Exercise' | 'OwnProgram',
  lesson: Lesson,
  { body = '' }: CollectionEntry<'lessons'>,
) =>
  idsOf(body)
    .filter((one) => one.startsWith(`${component} `))
    .map((one) => `${lesson.id}/${one.slice(component.length + 1)}`);

export interface CoursePage extends LessonPosition {
  language: Language;
  entry: CollectionEntry<'lessons'>;
  /** The same lesson in English: all languages use the ids of its headings. */
  english: CollectionEntry<'lessons'>;
  /** In the order of the text: `<lesson>/<exercise>`. */
  exercises: string[];
  /** Those of them that need a program outside of the page, which reaches a room on a server only. */
  outside: string[];
}

let known: Promise<CoursePage[]> | undefined;
/** Every page of every written lesson. Read once a build; in development each time. */
export function lessonPages(): Promise<CoursePage[]> {
  if (import.meta.env.DEV) return readLessonPages();
  return (known ??= readLessonPages());
}

/**
 * Throws if a written lesson lacks a language, if its
 * languages differ in their ids, or if there is a text that the course does not list.
 */
async function readLessonPages(): Promise<CoursePage[]> {
  const lessons: CollectionEntry<'lessons'>[] = await getCollection('lessons');
  const entries = new Map(lessons.map((entry) => [entry.id, entry]));
  const pages: CoursePage[] = [];
  for (const place of positionsOf(course)) {
    const texts: Partial<Record<Language, string>> = {};
    for (const language of languages) {
      const id = `${place.lesson.id}/${language}`;
      const entry = entries.get(id);
      if (!entry) throw new Error(`lessons/${id}.mdx is missing: every lesson has both languages`);
      texts[language] = entry.body ?? '';
      const english = entries.get(`${place.lesson.id}/en`) ?? entry;
      pages.push({
        ...place,
        language,
        entry,
        english,
        exercises: exercisesOf('Exercise', place.lesson, entry),
        outside: exercisesOf('OwnProgram', place.lesson, entry),
      });
    }
    sameIds(place.lesson.id, texts);
    for (const language of languages) entries.delete(`${place.lesson.id}/${language}`);
  }
  for (const id of entries.keys()) {
    throw new Error(`lessons/${id}.mdx is not a written lesson of lessons/course.ts`);
  }
  return pages;
}

/** Lesson's id → its exercises, `<lesson>/<exercise>`, in the order of the text. */
export async function exercisesByLesson(): Promise<Record<string, string[]>> {
  const pages = await lessonPages();
  return Object.fromEntries(pages.map(({ lesson, exercises }) => [lesson.id, exercises]));
}

/** `<lesson>/<exercise>` of those that need a program outside of the page. */
export async function exercisesOutside(): Promise<ReadonlySet<string>> {
  return new Set((await lessonPages()).flatMap(({ outside }) => outside));
}

/** `[old id, id]` of all that were renamed. */
export const renamedIds = (
  list: readonly { id: string; formerly?: readonly string[] }[],
): [string, string][] =>
  list.flatMap(({ id, formerly = [] }) => formerly.map((old): [string, string] => [old, id]));

/** `<old id>:<id>` of renamed lessons, moved exercises and questions, for what is kept under old ids. */
export const renamedAttribute: string | undefined =
  [...renamedIds(course.flatMap((part) => part.lessons)), ...movedExercises, ...movedQuestions]
    .map((pair) => pair.join(':'))
    .join(' ') || undefined;
