/** From a captured packet to a TCP segment. Undefined for all that is none, or is cut off. */
import type { Captured } from './read-file.ts';

export interface TcpSegment {
  at: number;
  source: string;
  sourcePort: number;
  target: string;
  targetPort: number;
  seq: number;
  flags: number;
  data: Uint8Array;
}

/** By LINKTYPE: how many bytes stand before the IP header, if it is one. */
function ipStart({ linkType, bytes }: Captured): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const after = (typeAt: number): number | undefined => {
    let at = typeAt;
    // VLAN tags, at most two.
    for (let tags = 0; tags < 3 && at + 2 <= bytes.length; tags += 1) {
      const type = view.getUint16(at);
      if (type === 0x0800 || type === 0x86dd) return at + 2;
      if (type !== 0x8100 && type !== 0x88a8) return undefined;
      at += 4;
    }
    return undefined;
  };
  switch (linkType) {
    case 0: // loopback of BSD and macOS: the family, in the byte order of the machine
    case 108:
      return 4;
    case 1: // Ethernet
      return after(12);
    case 12: // raw IP
    case 14:
    case 101:
    case 228:
    case 229:
      return 0;
    case 113: // Linux “any”
      return after(14);
    case 276:
      return bytes.length >= 2 && [0x0800, 0x86dd].includes(view.getUint16(0)) ? 20 : undefined;
    default:
      return undefined;
  }
}

export function tcpSegmentOf(captured: Captured): TcpSegment | undefined {
  const start = ipStart(captured);
  if (start === undefined || start + 20 > captured.bytes.length) return undefined;
  const ip = captured.bytes.subarray(start);
  const found = ip[0]! >> 4 === 4 ? ofIpv4(ip) : ip[0]! >> 4 === 6 ? ofIpv6(ip) : undefined;
  if (!found || found.tcp.length < 20) return undefined;
  const { source, target, tcp } = found;
  const view = new DataView(tcp.buffer, tcp.byteOffset, tcp.byteLength);
  const header = (tcp[12]! >> 4) * 4;
  if (header < 20 || header > tcp.length) return undefined;
  return {
    at: captured.at,
    ...{ source, sourcePort: view.getUint16(0), target, targetPort: view.getUint16(2) },
    ...{ seq: view.getUint32(4), flags: tcp[13]!, data: tcp.subarray(header) },
  };
}

interface Carried {
  source: string;
  target: string;
  tcp: Uint8Array;
}
function ofIpv4(ip: Uint8Array): Carried | undefined {
  const header = (ip[0]! & 0x0f) * 4;
  // A length of 0: the network card cut the packet itself.
  const length = (ip[2]! << 8) | ip[3]! || ip.length;
  const isFragment = (((ip[6]! << 8) | ip[7]!) & 0x3fff) !== 0;
  if (header < 20 || ip[9] !== 6 || isFragment || length < header) return undefined;
  const tcp = ip.subarray(header, length);
  return { source: ip.subarray(12, 16).join('.'), target: ip.subarray(16, 20).join('.'), tcp };
}
function ofIpv6(ip: Uint8Array): Carried | undefined {
  if (ip.length < 40) return undefined;
  const length = (ip[4]! << 8) | ip[5]!;
  let next = ip[6]!;
  let at = 40;
  // Extension headers that have their length in the second byte.
  for (let count = 0; [0, 43, 60].includes(next) && count < 8; count += 1) {
    if (at + 2 > ip.length) return undefined;
    next = ip[at]!;
    at += (ip[at + 1]! + 1) * 8;
  }
  if (next !== 6) return undefined;
  const tcp = ip.subarray(at, length === 0 ? ip.length : 40 + length);
  return { source: address(ip.subarray(8, 24)), target: address(ip.subarray(24, 40)), tcp };
}
const address = (bytes: Uint8Array): string =>
  Array.from({ length: 8 }, (_, at) => ((bytes[2 * at]! << 8) | bytes[2 * at + 1]!).toString(16)).join(':'); // prettier-ignore
