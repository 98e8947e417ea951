import type { APIRoute } from 'astro';

/** Everything may be read; where the course's host is known, the sitemap is named. */
export const GET: APIRoute = ({ site }) =>
  new Response(
    [
      'User-agent: *',
      'Allow: /',
      ...(site ? [`Sitemap: ${new URL('sitemap.xml', site).href}`] : []),
    ]
      .map((line) => `${line}\n`)
      .join(''),
  );
