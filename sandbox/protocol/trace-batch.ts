/**
 * Trace entries as bytes: the format in which a room keeps its trace and a binary frame of the
 * watch stream sends it. Packets are stored as on the wire, so the sandbox decodes nothing for a
 * viewer; the page does (`packet.ts`, `fields.ts`).
 *
 * Frame: records without a gap. Record: u32 length of the rest · u8 tag · body, big-endian.
 * Tag 1, a packet: f64 at · u32 n · u32 line · u8 direction · u8 version · u8 fate · the packet.
 * Tag 2, refused: u32 length of the JSON · the JSON of the entry without `bytes` · the bytes.
 * Tag 3, anything else: the JSON of the entry.
 */
import type { MqttVersion } from './mqtt.ts';
import type { Fate, PacketEntry, TraceEntry } from './trace.ts';

const fates: readonly Fate[] = ['passed', 'dropped', 'delayed', 'duplicated', 'held', 'refused'];
/** The size of a packet's record without the packet, in bytes. */
export const PACKET_HEADER = 4 + 1 + 8 + 4 + 4 + 3;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Somewhere to write records. */
export interface ByteRange {
  readonly bytes: Uint8Array;
  readonly view: DataView;
}

/** Writes a packet's record at `at`, where there are `PACKET_HEADER` and its length of room. */
export function putPacket({ bytes, view }: ByteRange, at: number, entry: PacketEntry): void {
  const packet = entry.bytes;
  view.setUint32(at, PACKET_HEADER - 4 + packet.length);
  bytes[at + 4] = 1;
  view.setFloat64(at + 5, entry.at);
  view.setUint32(at + 13, entry.n);
  view.setUint32(at + 17, entry.line);
  bytes[at + 21] = entry.direction === 'to-broker' ? 0 : 1;
  bytes[at + 22] = entry.version;
  bytes[at + 23] = fates.indexOf(entry.fate);
  bytes.set(packet, at + PACKET_HEADER);
}

/** The record of any other entry. */
export function recordOf(entry: Exclude<TraceEntry, PacketEntry>): Uint8Array {
  if (entry.type !== 'refused') return record(3, [encoder.encode(JSON.stringify(entry))]);
  const { bytes, ...rest } = entry;
  const json = encoder.encode(JSON.stringify(rest));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length);
  return record(2, [length, json, bytes]);
}

function record(tag: number, parts: Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 1);
  const bytes = new Uint8Array(4 + length);
  new DataView(bytes.buffer).setUint32(0, length);
  bytes[4] = tag;
  let at = 5;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Throws a RangeError if the bytes are not a whole batch. */
export function decodeBatch(batch: Uint8Array): TraceEntry[] {
  const view = new DataView(batch.buffer, batch.byteOffset, batch.byteLength);
  const entries: TraceEntry[] = [];
  let at = 0;
  while (at < batch.length) {
    const end = at + 4 + view.getUint32(at);
    if (end > batch.length) throw new RangeError('a record of the batch is cut off');
    entries.push(entryOf(batch.subarray(at, end)));
    at = end;
  }
  return entries;
}

function entryOf(record: Uint8Array): TraceEntry {
  const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
  switch (record[4]) {
    case 1:
      return {
        type: 'packet',
        at: view.getFloat64(5),
        n: view.getUint32(13),
        line: view.getUint32(17),
        direction: record[21] === 0 ? 'to-broker' : 'to-client',
        version: record[22] as MqttVersion,
        fate: fates[record[23]!] ?? 'passed',
        bytes: record.slice(PACKET_HEADER),
      };
    case 2: {
      const jsonEnd = 9 + view.getUint32(5);
      const entry = JSON.parse(decoder.decode(record.subarray(9, jsonEnd)));
      return { ...entry, bytes: record.slice(jsonEnd) };
    }
    case 3:
      return JSON.parse(decoder.decode(record.subarray(5)));
    default:
      throw new RangeError(`a batch has no record with tag ${record[4]}`);
  }
}
