/** What publishing costs on the network, in bytes. */
import { kindOf } from '../mqtt/packet.ts';
import type { Direction } from '../protocol/mqtt.ts';

/**
 * TCP opens a connection with three packets and closes it with four (RFC 9293, figures 6 and 12); each
 * has at least 20 bytes of TCP (section 3.1) and 20 of IPv4 (RFC 791, section 3.1).
 */
export const tcpBytes = 7 * (20 + 20);

/**
 * Whether a packet is there to publish: also CONNECT, what acknowledges it, and DISCONNECT, but no
 * subscription and nothing that comes of one.
 */
export function isForPublishing(bytes: Uint8Array, direction: Direction): boolean {
  const kind = kindOf(bytes[0] ?? 0) ?? '';
  return kind === 'PUBLISH' ? direction === 'to-broker' : !kind.includes('SUB');
}

/** Bytes in both directions, and connections. */
export interface Usage {
  bytes: number;
  connections: number;
}
/** With TCP's packets that open and close its connections. */
export const priceOf = ({ bytes, connections }: Usage): number => bytes + connections * tcpBytes;
