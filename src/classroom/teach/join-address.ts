import type { ClassesResponse } from '../../../sandbox/protocol/classroom.ts';

/**
 * Where learners join.
 * @param path of the short address, on the host of this page
 * @param page the address of this page
 * @param direct the course's own port, if this page came by a proxy that learners have no account at
 */
export function joinAddress(path: string, page: string, direct: ClassesResponse['direct']): URL {
  const own = new URL(path, page);
  if (!direct) return own;
  const { port, secure, base } = direct;
  return new URL(`${base}join`, `${secure ? 'https' : 'http'}://${own.hostname}:${port}`);
}
