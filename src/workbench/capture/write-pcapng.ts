/** The trace as a pcapng file (draft-ietf-opsawg-pcapng), which Wireshark opens with MQTT decoded. */
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { conversationOf } from './segments.ts';
import { brokerAddress, hostAddress, ipPacket } from './write-ip.ts';

/** LINKTYPE_RAW: the packet begins with its IP header. */
const linkRaw = 101;
const option = { end: 0, comment: 1, application: 4 } as const;
const encoder = new TextEncoder();
const padded = (length: number): number => (length + 3) & ~3;

/**
 * @param startedAt Unix time of the room's clock's start, in milliseconds
 */
export function pcapngOf(
  entries: readonly TraceEntry[],
  startedAt: number,
): Uint8Array<ArrayBuffer> {
  // prettier-ignore
  const { segments, hosts } = conversationOf(entries);
  const blocks = [
    block(0x0a0d_0d0a, words(0x1a2b_3c4d), shorts(1, 0), words(0xffff_ffff, 0xffff_ffff), ...texts([option.application, 'Retained: packets of an exercise’s room, in made-up TCP connections'])), // prettier-ignore
    block(1, shorts(linkRaw, 0), words(0)),
    block(4, ...names(hosts)),
    ...segments.map((segment, id) => {
      const packet = ipPacket(segment, id);
      const micros = BigInt(Math.round((startedAt + segment.at) * 1000));
      const time = words(Number(micros >> 32n), Number(micros & 0xffff_ffffn));
      const comment = segment.comment ? texts([option.comment, segment.comment]) : [];
      return block(6, words(0), time, words(packet.length, packet.length), whole(packet), ...comment); // prettier-ignore
    }),
  ];
  return joined(blocks);
}

/** A block of pcapng: type, length, body, length. */
function block(type: number, ...body: Uint8Array[]): Uint8Array {
  const length = 12 + body.reduce((total, part) => total + part.length, 0);
  return joined([words(type, length), ...body, words(length)]);
}
/** Name resolution: what each address is called. */
function names(hosts: ReadonlyMap<number, string>): Uint8Array[] {
  const all: [address: readonly number[], name: string][] = [
    [brokerAddress, 'broker'],
    ...[...hosts].map(([host, name]) => [hostAddress(host), name] as [readonly number[], string]),
  ];
  const records = all.map(([address, name]) => {
    const text = encoder.encode(`${name.replaceAll('\0', '')}\0`);
    return joined([shorts(1, 4 + text.length), Uint8Array.from(address), whole(text)]);
  });
  return [...records, shorts(0, 0)];
}
/** Options: a code and a text each, and the end of all. */
function texts(...options: [code: number, text: string][]): Uint8Array[] {
  const each = options.map(([code, text]) => {
    const bytes = encoder.encode(text);
    return joined([shorts(code, bytes.length), whole(bytes)]);
  });
  return [...each, shorts(option.end, 0)];
}
const words = (...values: number[]) => {
  const bytes = new Uint8Array(4 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => view.setUint32(4 * at, value, true));
  return bytes;
};
const shorts = (...values: number[]) => {
  const bytes = new Uint8Array(2 * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, at) => view.setUint16(2 * at, value, true));
  return bytes;
};
/** Filled up to whole words. */
function whole(bytes: Uint8Array): Uint8Array {
  const filled = new Uint8Array(padded(bytes.length));
  filled.set(bytes);
  return filled;
}
function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
