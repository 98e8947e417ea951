/**
 * The `Host` of a request: a name of this machine, or one that the host gave. Any other name may be
 * the name of another site that now resolves to this server (DNS rebinding); its Origin is the same.
 */
import { isIP } from 'node:net';
import { machineNames } from './tls/machine-names.ts';

/** Names that cannot be registered: RFC 6762, 6761, 8375, and ICANN's list of reserved names. */
const privateName = /^[^.]+$|\.(?:local|localhost|test|internal|home\.arpa|lan|home|corp|mail)$/;

/** Whether a `Host` header names the course. */
export function ownHosts(names: readonly string[]): (host: string | undefined) => boolean {
  const own = new Set([...machineNames(), ...names].map((name) => name.toLowerCase()));
  return (host = '') => {
    const { hostname } = URL.parse(`http://${host}/`) ?? { hostname: '' };
    const name = hostname.replace(/^\[|\]$|\.$/g, '');
    return name !== '' && (isIP(name) !== 0 || own.has(name) || privateName.test(name));
  };
}
