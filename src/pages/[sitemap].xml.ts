/** `/sitemap.xml`, where the course's host is known: a sitemap names whole addresses or it is none. */
import type { APIRoute } from 'astro';
import { addressesOf } from '../site/links.ts';
import { lessonPages } from '../site/course.ts';
import { languages } from '../i18n/index.ts';

export const getStaticPaths = () =>
  import.meta.env.SITE ? [{ params: { sitemap: 'sitemap' } }] : [];

export const GET: APIRoute = async ({ site }) => {
  const lessons = new Set((await lessonPages()).map(({ lesson }) => lesson.id));
  const slugs = [undefined, ...lessons, 'glossary', 'cheat-sheet', 'tested', 'teach'];
  const urls = slugs.flatMap((slug) =>
    languages.map((language) => {
      const [canonical, ...others] = addressesOf(site!, language, slug);
      const links = others.map(
        ({ hreflang, href }) =>
          `<xhtml:link rel="alternate" hreflang="${hreflang}" href="${href}"/>`,
      );
      return `<url><loc>${canonical!.href}</loc>${links.join('')}</url>`;
    }),
  );
  const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${urls.join('\n')}
</urlset>
`;
  return new Response(xml, { headers: { 'Content-Type': 'application/xml' } });
};
