/**
 * Filters that aedes must not see as they are. It refuses every filter of a 5.0 client that starts
 * with `$share/` before any hook is asked, and loses one that is called `__proto__`. On the way in
 * the first byte of such a filter becomes U+0001; the hooks turn it back.
 */
import { Buffer } from 'buffer';
import { headerLength } from '../../../mqtt/varint.ts';
import type { MqttVersion } from '../../../protocol/mqtt.ts';

const SHARE = Buffer.from('$share/');
const PROTO = Buffer.from('__proto__');
const HIDDEN_SHARE = '\u0001share/';
const HIDDEN_PROTO = '\u0001_proto__';

/** A whole, valid SUBSCRIBE or UNSUBSCRIBE; a changed copy where there is something to hide. */
export function escapeFilters(frame: Uint8Array, version: MqttVersion): Uint8Array {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (!bytes.includes(SHARE) && !bytes.includes(PROTO)) return frame;
  const copy = Buffer.from(bytes);
  for (const filter of filterBytes(copy, version)) {
    if (SHARE.equals(filter.subarray(0, SHARE.length)) || PROTO.equals(filter)) filter[0] = 1;
  }
  return copy;
}

/** Every filter of a SUBSCRIBE or UNSUBSCRIBE, in order. */
export function filtersOf(frame: Uint8Array, version: MqttVersion): string[] {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  return [...filterBytes(bytes, version)].map((filter) => filter.toString('utf8'));
}

function* filterBytes(frame: Buffer, version: MqttVersion): Generator<Buffer> {
  const optionBytes = frame[0]! >> 4 === 8 ? 1 : 0;
  let at = headerLength(frame) + 2;
  if (version === 5) at = afterProperties(frame, at);
  while (at + 2 <= frame.length) {
    const end = at + 2 + frame.readUInt16BE(at);
    yield frame.subarray(at + 2, end);
    at = end + optionBytes;
  }
}

/** The filter as the client wrote it. */
export function unescapeFilter(filter: string): string {
  if (filter.startsWith(HIDDEN_SHARE)) return `$${filter.slice(1)}`;
  return filter === HIDDEN_PROTO ? '__proto__' : filter;
}

function afterProperties(bytes: Buffer, at: number): number {
  let length = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++]!;
    length += (byte & 127) * factor;
    if (byte < 128) return at + length;
  }
}
