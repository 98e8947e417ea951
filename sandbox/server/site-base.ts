/**
 * The path of the site on a reader's host: one for all (`/learn/`), or the one that an ingress proxy names in
 * each request (Home Assistant's Supervisor: `X-Ingress-Path: /api/hassio_ingress/<token>`).
 */
import type { IncomingMessage } from 'node:http';

type Asked = Pick<IncomingMessage, 'headers' | 'socket'>;

export interface SiteBase {
  /** With a slash at both ends. Only of a request that `enter` has let in. */
  of(request: Asked): string;
  /** Whether a named ingress proxy forwards it, which has taken the path off the address. */
  isForwarded(request: Asked): boolean;
  /**
   * Rewrites the request's URL to the path within the site. `outside`: it is not below the path; `unusable`: the
   * proxy names no path, or one that could not stand in a page.
   */
  enter(request: IncomingMessage): 'in' | 'outside' | 'unusable';
}

/** Longer than any ingress path; it stands in a page hundreds of times. */
const longest = 200;
/** Nothing that means anything in HTML, CSS, JSON, JavaScript, a header or a cookie. */
const plainPath = /^[\w~-][\w.~-]*(?:\/[\w~-][\w.~-]*)*$/;

/**
 * @param text a path, with or without a slash at either end
 * @returns it with one at both; undefined if it is none that may stand in a page
 */
export function readBase(text: string): string | undefined {
  const inner = text.replace(/^\/|\/$/g, '');
  if (inner === '') return '/';
  return inner.length <= longest && plainPath.test(inner) ? `/${inner}/` : undefined;
}

/** The path within the site; undefined outside of `base`. */
const inSite = (url: string, base: string): string | undefined =>
  url.startsWith(base) ? url.slice(base.length - 1) : undefined;

/** @param isIngress whether an ingress proxy has this address, as Node writes it */
export function siteBase(base: string, isIngress: (remote: string) => boolean): SiteBase {
  const named = ({ headers }: Asked): string | undefined => {
    const path = headers['x-ingress-path'];
    // Sent twice it is two paths with a comma between.
    return typeof path === 'string' && path.startsWith('/') ? readBase(path) : undefined;
  };
  const isForwarded = ({ socket }: Asked): boolean => isIngress(socket.remoteAddress ?? '');
  return {
    isForwarded,
    of: (request) => (isForwarded(request) ? (named(request) ?? base) : base),
    enter(request) {
      if (isForwarded(request)) return named(request) === undefined ? 'unusable' : 'in';
      const url = inSite(request.url ?? '/', base);
      if (url === undefined) return 'outside';
      request.url = url;
      return 'in';
    },
  };
}
