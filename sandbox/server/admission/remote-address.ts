/** The network address of a reader behind proxies that the host trusts. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export interface Proxies {
  /** Whether a trusted proxy has this address. */
  includes(remote: string): boolean;
  /** The address that a request comes from: the last one that no trusted proxy has. */
  remoteOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
  /** Whether a request comes from this machine itself, not from a proxy on it that serves others. */
  isLocal(request: Pick<IncomingMessage, 'headers' | 'socket'>): boolean;
}

/** As Node writes remote addresses; IPv4 may come mapped into IPv6. */
export const isLoopback = (remote: string): boolean =>
  remote === '::1' || /^(?:::ffff:)?127\./.test(remote);

/** As Node writes remote addresses, IPv4 may come mapped into IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/** An IP address, or a network as `10.0.0.0/8`; null where it is neither. */
export function parseNetwork(text: string): { address: string; bits: number } | null {
  const [address = '', bits, more] = text.split('/');
  const most = isIP(address) === 4 ? 32 : isIP(address) === 6 ? 128 : 0;
  if (most === 0 || more !== undefined) return null;
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) return null;
  return { address, bits: bits === undefined ? most : Number(bits) };
}

/** @param networks what `parseNetwork` reads */
export function trustedProxies(networks: readonly string[]): Proxies {
  const list = new BlockList();
  for (const network of networks) {
    const parsed = parseNetwork(network);
    if (!parsed) throw new Error(`${network} is no IP address and no network such as 10.0.0.0/8.`);
    list.addSubnet(parsed.address, parsed.bits, isIP(parsed.address) === 4 ? 'ipv4' : 'ipv6');
  }
  const includes = (remote: string): boolean => {
    const address = plain(remote);
    return isIP(address) !== 0 && list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  };
  const proxies: Proxies = {
    includes,
    isLocal(request) {
      const { headers, socket } = request;
      // A proxy that the host did not name also sends this header.
      const serves = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
      const isKnown = includes(socket.remoteAddress ?? '');
      return isLoopback(proxies.remoteOf(request)) && (isKnown || !serves);
    },
    remoteOf({ headers, socket }) {
      let remote = socket.remoteAddress ?? '';
      // Each proxy appends its client's address. Everything before that may be forged.
      const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
      while (includes(remote) && forwarded.length > 0) {
        const next = plain(forwarded.pop()!.trim());
        if (isIP(next) === 0) break;
        remote = next;
      }
      return remote;
    },
  };
  return proxies;
}
