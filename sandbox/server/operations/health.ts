/** `/healthz`: whether the server serves. Anybody may ask; the answer says nothing of anybody. */
import { json, notAllowed, readMethods, type Handler } from '../api.ts';

/** Before the site's own handlers: also at the root of a host that has the site below a path. */
export function healthHandler(base: string): Handler {
  const paths = new Set(['/healthz', `${base}healthz`]);
  return (request, response, next) => {
    if (!paths.has((request.url ?? '').split('?', 1)[0]!)) return next();
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return notAllowed(request, response, readMethods);
    // One that ends answers everything with 503 (`http.ts`).
    json(response, 200, { status: 'ok' });
  };
}
