import type { APIRoute } from 'astro';
import sharp from 'sharp';
import { lessonPages, type CoursePage } from '../../../site/course.ts';
import { t } from '../../../i18n/index.ts';
import { socialSvg } from '../../../site/social-image.ts';

/** Only a site that knows its public name can say where they are. */
export async function getStaticPaths() {
  if (!import.meta.env.SITE) return [];
  return (await lessonPages()).map((page) => ({
    params: { lang: page.language, slug: page.lesson.id },
    props: page,
  }));
}

export const GET: APIRoute = async ({ props }) => {
  const { language, lesson, part, partNumber } = props as CoursePage;
  const svg = socialSvg(language, {
    title: lesson.title[language],
    part: t(language, 'lesson.part', { n: partNumber, title: part.title[language] }),
    name: t(language, 'site.name'),
    tagline: t(language, 'site.tagline'),
  });
  const png = await sharp(Buffer.from(svg)).png({ palette: true, colours: 32 }).toBuffer();
  return new Response(new Uint8Array(png), { headers: { 'Content-Type': 'image/png' } });
};
