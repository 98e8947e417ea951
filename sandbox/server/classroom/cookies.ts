/** Cookies of teachers and members: no script reads them, no other site sends them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sessionDays } from '../../classroom/teacher-sessions.ts';
import type { Proxies } from '../admission/remote-address.ts';
import type { SiteBase } from '../site-base.ts';

export type Holder = 'teacher' | 'member';

export interface Cookies {
  /** The value, or an empty text. */
  read(request: IncomingMessage, holder: Holder): string;
  /** An empty value deletes it. */
  set(request: IncomingMessage, response: ServerResponse, holder: Holder, value: string): void;
}

export interface CookieOptions {
  /** Of the store: two courses on one machine differ in their ports only, and cookies know no ports. */
  id: string;
  site: SiteBase;
  /** Pages are served by https. */
  secure: boolean;
  proxies: Proxies;
}

/** A class may be kept for longer than browsers keep any cookie: 400 days. */
const ageDays: Record<Holder, number> = { teacher: sessionDays, member: 400 };

export function cookies({ id, site, secure, proxies }: CookieOptions): Cookies {
  const nameOf = (holder: Holder): string => `retained-${holder}-${id.slice(0, 8)}`;
  /** By https as far as the browser can tell: a named proxy may have ended TLS. */
  const isSecure = ({ headers, socket }: IncomingMessage): boolean =>
    secure ||
    (proxies.includes(socket.remoteAddress ?? '') && headers['x-forwarded-proto'] === 'https');
  return {
    read({ headers }, holder) {
      const start = `${nameOf(holder)}=`;
      const pairs = (headers.cookie ?? '').split(/;\s*/);
      return pairs.find((pair) => pair.startsWith(start))?.slice(start.length) ?? '';
    },
    set(request, response, holder, value) {
      const parts = [
        `${nameOf(holder)}=${value}`,
        `Path=${site.of(request)}`,
        `Max-Age=${value === '' ? 0 : ageDays[holder] * 24 * 3600}`,
        'HttpOnly',
        'SameSite=Strict',
        ...(isSecure(request) ? ['Secure'] : []),
      ];
      response.appendHeader('Set-Cookie', parts.join('; '));
    },
  };
}
