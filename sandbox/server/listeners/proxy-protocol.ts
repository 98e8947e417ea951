/**
 * The header that a proxy of TCP connections sends before the client's first byte: who the client is.
 * HAProxy, "The PROXY protocol", versions 1 and 2 (https://www.haproxy.org/download/3.2/doc/proxy-protocol.txt).
 */
import { isIPv4, isIPv6 } from 'node:net';

export interface ProxiedClient {
  address: string;
  port: number;
}
/** Read: the header and its client; null: the proxy's own connection (a health check), or one of no network. */
export type ProxyHeader =
  | { state: 'read'; client: ProxiedClient | null; bytes: number }
  | { state: 'incomplete' }
  | { state: 'wrong' };

/** Section 2.2: what no other protocol begins with. */
const signature = Buffer.from('0d0a0d0a000d0a515549540a', 'hex');
/** Section 2.1: the longest line of version 1, with its end. */
const longestLine = 107;
/** Addresses, and what a proxy adds about TLS; section 2.2 allows 65,535 bytes. */
const longestBody = 4096;

const wrong: ProxyHeader = { state: 'wrong' };
const incomplete: ProxyHeader = { state: 'incomplete' };

/** Reads the header at the start of what a connection has sent so far. */
export function readProxyHeader(bytes: Buffer): ProxyHeader {
  const start = bytes.subarray(0, signature.length);
  if (start.equals(signature.subarray(0, start.length)))
    return start.length < signature.length ? incomplete : readBinary(bytes);
  const word = bytes.subarray(0, 6).toString('latin1');
  if (!'PROXY '.startsWith(word)) return wrong;
  return readLine(bytes);
}

/** Version 1: `PROXY TCP4 192.0.2.7 192.0.2.1 5600 1883\r\n`. */
function readLine(bytes: Buffer): ProxyHeader {
  const end = bytes.subarray(0, longestLine).indexOf('\r\n');
  if (end === -1) return bytes.length < longestLine ? incomplete : wrong;
  const read = (client: ProxiedClient | null): ProxyHeader => ({ state: 'read', client, bytes: end + 2 }); // prettier-ignore
  const line = bytes.toString('latin1', 0, end);
  if (/^PROXY UNKNOWN(?: |$)/.test(line)) return read(null);
  const [, family, from, to, port, toPort] =
    /^PROXY TCP([46]) ([\da-fA-F.:]+) ([\da-fA-F.:]+) (\d{1,5}) (\d{1,5})$/.exec(line) ?? [];
  const isAddress = family === '4' ? isIPv4 : isIPv6;
  if (!from || !to || !isAddress(from) || !isAddress(to)) return wrong;
  if (Number(port) > 65_535 || Number(toPort) > 65_535) return wrong;
  return read({ address: from, port: Number(port) });
}

/** Version 2: signature, version and command, family and transport, length, addresses, more. */
function readBinary(bytes: Buffer): ProxyHeader {
  if (bytes.length < 16) return incomplete;
  const [versionAndCommand, family] = [bytes[12]!, bytes[13]!];
  const length = bytes.readUInt16BE(14);
  if (versionAndCommand >> 4 !== 2 || (versionAndCommand & 15) > 1 || length > longestBody)
    return wrong;
  if (bytes.length < 16 + length) return incomplete;
  const read = (client: ProxiedClient | null): ProxyHeader => ({ state: 'read', client, bytes: 16 + length }); // prettier-ignore
  const isLocal = (versionAndCommand & 15) === 0;
  if (isLocal) return read(null);
  const body = bytes.subarray(16, 16 + length);
  // TCP over IPv4 and IPv6; what has another family is taken as it comes from the proxy (section 2.2).
  if (family === 0x11)
    return length < 12
      ? wrong
      : read({ address: body.subarray(0, 4).join('.'), port: body.readUInt16BE(8) });
  if (family === 0x21)
    return length < 36
      ? wrong
      : read({ address: ipv6Of(body.subarray(0, 16)), port: body.readUInt16BE(32) });
  return read(null);
}

/** As Node writes remote addresses: an IPv4 address that is mapped into IPv6 keeps its dots. */
function ipv6Of(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  const isMapped = groups.slice(0, 5).every((one) => one === '0') && groups[5] === 'ffff';
  return isMapped ? `::ffff:${bytes.subarray(12).join('.')}` : groups.join(':');
}
