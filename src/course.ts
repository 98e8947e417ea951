/** The course as pages see it: the list of lessons/course.ts joined with the prose in lessons/. */
import { getCollection, type CollectionEntry } from 'astro:content';
import { course, type Lesson, type Part } from '../lessons/course.ts';
import { languages, type Language } from './i18n/index.ts';
import { sameIds } from './mdx/ids.ts';

export type { Lesson, Part };
export { course };

/** The address of a page in a language; `to('en')` is the language's home. */
export const to = (language: Language, slug?: string) =>
  slug ? `/${language}/${slug}/` : `/${language}/`;

export interface Place {
  lesson: Lesson;
  part: Part;
  /** 1, 2, 3 … */
  partNumber: number;
  previous?: Lesson;
  next?: Lesson;
}

export function placesOf(parts: readonly Part[]): Place[] {
  const all = parts.flatMap((part, at) =>
    part.lessons.map((lesson): Place => ({ lesson, part, partNumber: at + 1 })),
  );
  return all.map((place, at) => ({
    ...place,
    previous: all[at - 1]?.lesson,
    next: all[at + 1]?.lesson,
  }));
}

export interface Page extends Place {
  language: Language;
  entry: CollectionEntry<'lessons'>;
}

/**
 * Every page of every written lesson. Throws where a written lesson lacks a language, where its
 * languages differ in their ids, and where there is prose that the course does not list.
 */
export async function lessonPages(): Promise<Page[]> {
  const lessons: CollectionEntry<'lessons'>[] = await getCollection('lessons');
  const entries = new Map(lessons.map((entry) => [entry.id, entry]));
  const pages: Page[] = [];
  for (const place of placesOf(course)) {
    if (place.lesson.status !== 'written') continue;
    const texts: Partial<Record<Language, string>> = {};
    for (const language of languages) {
      const id = `${place.lesson.id}/${language}`;
      const entry = entries.get(id);
      if (!entry) throw new Error(`lessons/${id}.mdx is missing: every lesson has both languages`);
      entries.delete(id);
      texts[language] = entry.body ?? '';
      pages.push({ ...place, language, entry });
    }
    sameIds(place.lesson.id, texts);
  }
  for (const id of entries.keys()) {
    throw new Error(`lessons/${id}.mdx is not a written lesson of lessons/course.ts`);
  }
  return pages;
}
