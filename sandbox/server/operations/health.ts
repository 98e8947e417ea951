/**
 * `/healthz`: whether the server serves. `/healthz/classes`: whether this one, of several, has the classes.
 * Anybody may ask; the answers say nothing of anybody.
 */
import { json, notAllowed, readMethods, type Handler } from '../api.ts';

/** Before the site's own handlers: also at the root of a host that has the site below a path. */
export function healthHandler(base: string, hasClasses: () => boolean): Handler {
  const paths = new Set(['/healthz', `${base}healthz`]);
  const ofClasses = new Set(['/healthz/classes', `${base}healthz/classes`]);
  return (request, response, next) => {
    const path = (request.url ?? '').split('?', 1)[0]!;
    if (!paths.has(path) && !ofClasses.has(path)) return next();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return notAllowed(request, response, readMethods);
    // One that ends answers everything with 503 (`http.ts`).
    if (ofClasses.has(path) && !hasClasses()) return json(response, 503, { status: 'elsewhere' });
    json(response, 200, { status: 'ok' });
  };
}
