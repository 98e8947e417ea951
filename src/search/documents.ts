/** What the search of a language finds: every lesson, written or planned, and every glossary term. */
import { course } from '../../lessons/course.ts';
import { glossary } from '../../lessons/glossary.ts';
import type { Language } from '../i18n/index.ts';
import { to } from '../site/paths.ts';
import type { Searchable } from './build-index.ts';
import { proseOf } from './prose.ts';

/** Lessons that are looked for most while one works: offered before anything is typed. */
const suggested = new Set(['wildcards', 'retained', 'last-will', 'qos-1', 'command-line']);

export interface WrittenLesson {
  /** MDX without its front matter. */
  body: string;
  description: string;
  /** Chapters, with the ids that they have on the page. */
  headings: { id: string; text: string }[];
}

/**
 * @param lessons by id; a lesson without an entry is planned, and found by its title
 * @param names of pages that belong to no part of the course
 */
export function searchables(
  language: Language,
  lessons: Readonly<Record<string, WrittenLesson>>,
  names: { glossary: string },
): Searchable[] {
  const all = course.flatMap((part) =>
    part.lessons.map((lesson): Searchable => {
      const written = lessons[lesson.id];
      const title = lesson.title[language];
      const common = { title, where: part.title[language], part: part.title[language] };
      if (!written) return { ...common, about: '', headings: [], text: '' };
      const { body, description, headings } = written;
      const text = `${description} ${proseOf(body)}`;
      const isSuggested = suggested.has(lesson.id);
      const href = to(language, lesson.id);
      return { ...common, href, about: description, headings, text, isSuggested };
    }),
  );
  const terms = Object.entries(glossary).map(([id, { term, means }]): Searchable => ({
    href: `${to(language, 'glossary')}#${id}`,
    title: term[language],
    where: names.glossary,
    about: means[language],
    headings: [],
    part: '',
    text: means[language],
  }));
  return [...all, ...terms];
}
