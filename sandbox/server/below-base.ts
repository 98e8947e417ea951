/** A site below a path of its host: `/learn/`. The next handlers see paths of the site. */
import { fail, type Handler } from './api.ts';
import type { SiteBase } from './site-base.ts';

/** The first handler: a path outside of the site is not found, and the host's root redirects to it. */
export function belowBase(site: SiteBase): Handler {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    const where = site.enter(request);
    if (where === 'unusable') return fail(response, 'bad-request');
    const base = site.of(request);
    // At the root everything is the site's, also what is no path (`OPTIONS *`).
    if (where === 'in' || base === '/') return next();
    if (path !== '/' && path !== base.slice(0, -1)) return fail(response, 'not-found');
    response.writeHead(302, { Location: base, 'Cache-Control': 'no-cache' }).end();
  };
}
