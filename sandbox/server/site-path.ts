/** Paths of a site that lives below a path of its host. */
import type { IncomingMessage } from 'node:http';

/** The site's own path and query; null for what is outside of `base`, which has a slash at its end. */
const inSite = (url: string, base: string): string | null =>
  url.startsWith(base) ? url.slice(base.length - 1) : null;

/** Makes the request one of the site. False if it is outside of it. */
export function enterSite(request: IncomingMessage, base: string): boolean {
  const url = inSite(request.url ?? '/', base);
  if (url === null) return false;
  request.url = url;
  return true;
}
