/** What a browser needs to install the course; one a language, and both are one course. */
import type { APIRoute } from 'astro';
import { base, file, to } from '../../site/paths.ts';
import { htmlLang, languages, t, type Language } from '../../i18n/index.ts';

export const getStaticPaths = () => languages.map((lang) => ({ params: { lang } }));

export const GET: APIRoute = ({ params }) => {
  const language = params['lang'] as Language;
  const png = (size: number, purpose: string) => ({
    src: file(`icons/${size}.png`),
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  const manifest = {
    id: base,
    name: `${t(language, 'site.name')} — ${t(language, 'site.tagline')}`,
    short_name: t(language, 'site.name'),
    description: t(language, 'site.description'),
    lang: htmlLang[language],
    dir: 'ltr',
    start_url: to(language),
    scope: base,
    display: 'standalone',
    background_color: '#fbfaf8',
    theme_color: '#fbfaf8',
    categories: ['education'],
    icons: [png(192, 'any maskable'), png(512, 'any maskable')],
  };
  return new Response(JSON.stringify(manifest), {
    headers: { 'Content-Type': 'application/manifest+json' },
  });
};
