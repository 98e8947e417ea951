/** The exercises of the course in its order, as the teacher's pages name them. */
import type { Language } from '../i18n/index.ts';
import { lessonPages } from './course.ts';

export interface ClassColumn {
  /** `<lesson>/<exercise>`. */
  id: string;
  /** The id of the part of the course. */
  part: string;
  title: string;
}

export async function classColumns(
  language: Language,
): Promise<{ columns: ClassColumn[]; parts: { id: string; title: string }[] }> {
  const pages = (await lessonPages()).filter((page) => page.language === language);
  const columns = pages.flatMap(({ lesson, part, exercises }) =>
    exercises.map((id, at) => {
      const title = lesson.title[language];
      return { id, part: part.id, title: exercises.length > 1 ? `${title} (${at + 1})` : title };
    }),
  );
  const parts = [...new Set(pages.map(({ part }) => part))]
    .filter(({ id }) => columns.some(({ part }) => part === id))
    .map(({ id, title }) => ({ id, title: title[language] }));
  return { columns, parts };
}
