/** Paths of a site that lives below a path of its host. */
import type { IncomingMessage } from 'node:http';

/** The path and query within the site; null outside of `base`, which has a slash at its end. */
const inSite = (url: string, base: string): string | null =>
  url.startsWith(base) ? url.slice(base.length - 1) : null;

/** Rewrites the request's URL to the path within the site. False if it is outside. */
export function enterSite(request: IncomingMessage, base: string): boolean {
  const url = inSite(request.url ?? '/', base);
  if (url === null) return false;
  request.url = url;
  return true;
}
