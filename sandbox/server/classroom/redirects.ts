/** Short addresses that people type: `/join`, `/join/<code>` and `/teach` lead to pages in a language. */
import type { Handler } from '../api.ts';
import type { SiteBase } from '../site-base.ts';

const languageOf = (accepted = ''): 'en' | 'zh-tw' => {
  const first = accepted.split(',').find((one) => /^\s*(?:zh|en)\b/i.test(one));
  return /^\s*zh/i.test(first ?? '') ? 'zh-tw' : 'en';
};

/** What is behind `#` in the address stays: browsers keep it, and send it to nobody. */
export function shortAddresses(site: SiteBase): Handler {
  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const found = /^\/(?:teach|(join)(?:\/([\w-]{0,40}))?)\/?$/.exec(path);
    if (!found) return next();
    const [, join, code] = found;
    const to = join ? `join/${code ? `#${code}` : ''}` : 'class/';
    const language = languageOf(request.headers['accept-language']);
    response
      .writeHead(302, {
        Location: `${site.of(request)}${language}/${to}`,
        'Cache-Control': 'no-store',
        Vary: 'Accept-Language',
      })
      .end();
  };
}
