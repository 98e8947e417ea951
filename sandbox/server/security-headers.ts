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

/** The `Host` header comes from outside and goes into a policy: nothing but a host and a port. */
const plainHost = /^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;

/**
 * The frame that the learners' programs run in: an opaque origin ('self' matches nothing there),
 * and no connection but the port from the page. Behind a proxy the scheme is unknown.
 */
const framePolicy = (host: string, base: string): string =>
  [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src http://${host}${base}vendor/ https://${host}${base}vendor/ data:`,
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

/**
 * @param path of the site
 * @param host the request's `Host` header
 * @param base the path of the site on its host, with a slash at its end
 */
export function headersFor(path: string, host = '', base = '/'): Record<string, string> {
  const headers: Record<string, string> = {
    ...(!passive.test(path) && {
      'Content-Security-Policy': pagePolicy(embedded.test(path) ? '*' : "'none'"),
      'Referrer-Policy': 'no-referrer',
    }),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': immutable.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache',
  };
  if (path.startsWith('/vendor/device-')) {
    // The programs' worker has an opaque origin, so the course's runtime is cross-origin for it.
    headers['Access-Control-Allow-Origin'] = '*';
    if (path.endsWith('/frame.html') && plainHost.test(host))
      headers['Content-Security-Policy'] = framePolicy(host, base);
  }
  return headers;
}
