/** A site below a path of its host: `/learn/`. Everything behind this sees paths of the site. */
import type { IncomingMessage } from 'node:http';
import { fail, type Handler } from './api.ts';

/** The site's own path and query; null for what is outside of `base`, which has a slash at its end. */
export const inSite = (url: string, base: string): string | null =>
  url.startsWith(base) ? url.slice(base.length - 1) : null;

/** Makes the request one of the site. False if it is outside of it. */
export function enterSite(request: IncomingMessage, base: string): boolean {
  const url = inSite(request.url ?? '/', base);
  if (url === null) return false;
  request.url = url;
  return true;
}

/** The first handler: what is outside of the site is not found, and the host's root leads to it. */
export function belowBase(base: string): Handler {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0];
    if (enterSite(request, base)) return next();
    if (path !== '/' && path !== base.slice(0, -1)) return fail(response, 'not-found');
    response.writeHead(302, { Location: base, 'Cache-Control': 'no-cache' }).end();
  };
}
