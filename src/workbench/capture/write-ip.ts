import type { Segment } from './segments.ts';

/** 10.0.0.1: the broker. */
export const brokerAddress = [10, 0, 0, 1] as const;
/** 10.1.x.y: a client's host by its number. */
export const hostAddress = (host: number) => [10, 1, (host >> 8) & 0xff, host & 0xff] as const;
const brokerPort = 1883;
const headers = 40;

/** The segment in an IPv4 packet, with right checksums (RFC 791, RFC 9293). */
export function ipPacket(
  { host, port, toBroker, seq, ack, flags, data }: Segment,
  id: number,
): Uint8Array {
  // prettier-ignore
  const bytes = new Uint8Array(headers + data.length);
  const view = new DataView(bytes.buffer);
  const [source, target] = toBroker
    ? [hostAddress(host), brokerAddress]
    : [brokerAddress, hostAddress(host)];
  bytes[0] = 0x45;
  view.setUint16(2, bytes.length);
  view.setUint16(4, id & 0xffff);
  // Don't fragment; 64 hops; TCP.
  bytes.set([0x40, 0, 64, 6], 6);
  bytes.set(source, 12);
  bytes.set(target, 16);
  view.setUint16(10, checksum(view, 0, 20, 0));
  view.setUint16(20, toBroker ? port : brokerPort);
  view.setUint16(22, toBroker ? brokerPort : port);
  view.setUint32(24, seq);
  view.setUint32(28, ack);
  // Five words of header, and a window as large as one can be without scaling.
  bytes.set([0x50, flags, 0xff, 0xff], 32);
  bytes.set(data, headers);
  const pseudo = sum(view, 12, 20) + 6 + 20 + data.length;
  view.setUint16(36, checksum(view, 20, bytes.length, pseudo));
  return bytes;
}

function sum(view: DataView, from: number, to: number): number {
  let total = 0;
  for (let at = from; at + 1 < to; at += 2) total += view.getUint16(at);
  return (to - from) % 2 === 1 ? total + (view.getUint8(to - 1) << 8) : total;
}
function checksum(view: DataView, from: number, to: number, start: number): number {
  let total = start + sum(view, from, to);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return ~total & 0xffff;
}
