/** HTTP headers by path: what pages and learners' programs may load. */

/** The pages' one inline script, `src/components/layout/head-script.js` (a test compares). */
const early = "'sha256-AFzUxOhP/MH5ROGlX7VIkuB8ZlfuMKGaI51iPJSWCIo='";

/** Monaco and the highlighted code need inline styles; nothing comes from another host. */
const pagePolicy = (ancestors: string): string =>
  [
    "default-src 'none'",
    `script-src 'self' ${early}`,
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    // The search on the page of a missing address.
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ].join('; ');

/** One exercise each, made to stand in a page of somebody else. */
const embedded = /^\/embed\/.+\/(?:index\.html)?$/;

/** What a teacher shows stands in the learners' pages. */
const shown = /^\/[a-z-]+\/class-show\/(?:index\.html)?$/;

/** The `Host` header comes from outside and goes into a policy: nothing but a host and a port. */
const plainHost = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The frame that the learners' programs run in: an opaque origin ('self' matches nothing there),
 * and no connection but the port from the page. Behind a proxy the scheme is unknown.
 * @param scripts sources of its own script
 */
const framePolicy = (scripts: string): string =>
  [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src ${scripts} data:`,
    'worker-src data:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // Embedded, it has somebody else's page above it; it holds nothing, and only its parent is heard.
    'frame-ancestors *',
  ].join('; ');

/** Files with a hash in their name. */
const immutable = /^\/(?:vendor\/[^/]+-[0-9a-f]{8,}\/|assets\/)/;

/**
 * Files that no browser opens as a document or a worker: they need no policy. Scripts
 * of workers (all under `/vendor/`, and `/sw.js`) and SVG keep theirs.
 */
const passive = /^\/assets\/|\.(?:css|png|ico|ttf|json|webmanifest|txt|xml)$/;

/** The frame that the learners' programs run in. */
export const programsFrame = /^\/vendor\/device-[^/]+\/frame\.html$/;

export interface Around {
  /** The site's pages stand in a page of the same origin: that of an ingress proxy. */
  isFramed?: boolean;
  /** Source of the script that stands in the programs' frame, if it does not load one: `'sha256-…'`. */
  ownScript?: string | undefined;
}

/**
 * @param path of the site
 * @param host the request's `Host` header
 * @param base the path of the site on its host, with a slash at its end
 */
export function headersFor(
  path: string,
  host = '',
  base = '/',
  { isFramed = false, ownScript }: Around = {},
): Record<string, string> {
  const ancestors = isFramed || shown.test(path) ? "'self'" : "'none'";
  const headers: Record<string, string> = {
    ...(!passive.test(path) && {
      'Content-Security-Policy': pagePolicy(embedded.test(path) ? '*' : ancestors),
      'Referrer-Policy': 'no-referrer',
    }),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': immutable.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (path.startsWith('/vendor/device-')) {
    // The programs' worker has an opaque origin, so the course's runtime is cross-origin for it.
    headers['Access-Control-Allow-Origin'] = '*';
    const vendor = plainHost.test(host) ? `http://${host}${base}vendor/ https://${host}${base}vendor/` : undefined; // prettier-ignore
    const scripts = ownScript ?? vendor;
    if (programsFrame.test(path) && scripts !== undefined)
      headers['Content-Security-Policy'] = framePolicy(scripts);
  }
  return headers;
}
