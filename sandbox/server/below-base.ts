/** A site below a path of its host: `/learn/`. The next handlers see paths of the site. */
import { fail, type Handler } from './api.ts';
import { enterSite } from './site-path.ts';

/** The first handler: a path outside of the site is not found, and the host's root redirects to it. */
export function belowBase(base: string): Handler {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (enterSite(request, base)) return next();
    if (path !== '/' && path !== base.slice(0, -1)) return fail(response, 'not-found');
    response.writeHead(302, { Location: base, 'Cache-Control': 'no-cache' }).end();
  };
}
