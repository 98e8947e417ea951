/**
 * aedes refuses every filter of a 5.0 client that starts with `$share/`, before any hook is asked.
 * So it never sees one: on the way in the `$` becomes U+0001, which the hooks turn back.
 */
import { headerLength } from './frame-length.ts';
import type { MqttVersion } from './protocol.ts';

const SHARE = Buffer.from('$share/');
const HIDDEN = '\u0001share/';

/** A whole, valid SUBSCRIBE or UNSUBSCRIBE; a corrected copy where there is something to hide. */
export function hideShared(frame: Uint8Array, version: MqttVersion): Uint8Array {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (!bytes.includes(SHARE)) return frame;
  const copy = Buffer.from(bytes);
  const optionBytes = frame[0]! >> 4 === 8 ? 1 : 0;
  let at = headerLength(copy) + 2;
  if (version === 5) at = afterProperties(copy, at);
  while (at + 2 <= copy.length) {
    const length = copy.readUInt16BE(at);
    at += 2;
    if (SHARE.equals(copy.subarray(at, at + SHARE.length))) copy[at] = 1;
    at += length + optionBytes;
  }
  return copy;
}

/** The filter as the client wrote it. */
export function shownFilter(filter: string): string {
  return filter.startsWith(HIDDEN) ? `$${filter.slice(1)}` : filter;
}

function afterProperties(bytes: Buffer, at: number): number {
  let length = 0;
  for (let factor = 1; ; factor *= 128) {
    const byte = bytes[at++]!;
    length += (byte & 127) * factor;
    if (byte < 128) return at + length;
  }
}
