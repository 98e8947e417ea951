import { render } from 'astro:content';
import type { APIRoute } from 'astro';
import { lessonPages } from '../../site/course.ts';
import { languages, t, type Language } from '../../i18n/index.ts';
import { chapters, sharedIds } from '../../mdx/headings.ts';
import { searchFile } from '../../search/build-index.ts';
import { searchables, type WrittenLesson } from '../../search/documents.ts';

export const getStaticPaths = () => languages.map((lang) => ({ params: { lang } }));

export const GET: APIRoute = async ({ params }) => {
  const language = params.lang as Language;
  const written: Record<string, WrittenLesson> = {};
  for (const { language: own, lesson, entry, english } of await lessonPages()) {
    if (own !== language) continue;
    const { headings } = await render(entry);
    const ids = sharedIds(lesson.id, headings, (await render(english)).headings);
    written[lesson.id] = {
      body: entry.body ?? '',
      description: entry.data.description,
      headings: chapters(headings).map(({ slug, text }) => ({ id: ids[slug]!, text })),
    };
  }
  const all = searchables(language, written, { glossary: t(language, 'search.glossary') });
  return Response.json(searchFile(all, { coming: t(language, 'search.coming') }));
};
