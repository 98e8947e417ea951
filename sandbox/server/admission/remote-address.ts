/** The network address of a reader behind proxies that the host trusts. */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

export interface Proxies {
  /** Whether a trusted proxy has this address. */
  includes(remote: string): boolean;
  /** Whom the limits count a request as: by the last address that no trusted proxy has. */
  sourceOf(request: Pick<IncomingMessage, 'headers' | 'socket'>): string;
  /** Whether a request comes from this machine itself, not from a proxy on it that serves others. */
  isLocal(request: Pick<IncomingMessage, 'headers' | 'socket'>): boolean;
}

/** As Node writes remote addresses; IPv4 may come mapped into IPv6. */
export const isLoopback = (remote: string): boolean =>
  remote === '::1' || /^(?:::ffff:)?127\./.test(remote);

/** As Node writes remote addresses, IPv4 may come mapped into IPv6. */
const plain = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * Whom the limits count an address as. One host has a whole IPv6 network of 64 bits to choose addresses
 * from (RFC 4291, section 2.5.4), so that is one source. A link-local address is that of one interface:
 * all hosts of a link share its network.
 */
export function sourceOf(address: string): string {
  const groups = plain(address).split('%')[0]!.split(':');
  const isLinkLocal = /^fe[89ab]/i.test(address);
  if (groups.length < 3 || isLinkLocal || isLoopback(address)) return plain(address);
  // `::` stands for as many groups of zeros as are missing. An IPv4 address at the end is two.
  const gap = groups.indexOf('');
  const missing = 8 - groups.length - (groups.at(-1)!.includes('.') ? 1 : 0);
  if (gap !== -1) groups.splice(gap, 1, ...Array<string>(missing + 1).fill('0'));
  const network = groups.slice(0, 4).map((group) => parseInt(group || '0', 16).toString(16));
  return `${network.join(':')}::/64`;
}

/** As `sourceOf`, of the other end of a socket. */
export const sourceOfSocket = ({
  remoteAddress = '',
}: {
  remoteAddress?: string | undefined;
}): string => sourceOf(remoteAddress);

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
  const remoteOf = ({ headers, socket }: Parameters<Proxies['sourceOf']>[0]): string => {
    let remote = socket.remoteAddress ?? '';
    // Each proxy appends its client's address. Everything before that may be forged.
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    while (includes(remote) && forwarded.length > 0) {
      const next = plain(forwarded.pop()!.trim());
      if (isIP(next) === 0) break;
      remote = next;
    }
    return remote;
  };
  return {
    includes,
    isLocal(request) {
      const { headers, socket } = request;
      // A proxy that the host did not name also sends this header.
      const serves = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
      const isKnown = includes(socket.remoteAddress ?? '');
      return isLoopback(remoteOf(request)) && (isKnown || !serves);
    },
    sourceOf: (request) => sourceOf(remoteOf(request)),
  };
}
