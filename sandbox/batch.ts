/**
 * Trace entries as bytes: what a binary frame of the watch stream holds. Packets go as they stood
 * on the wire, so the sandbox decodes nothing for a viewer; the page does (`packet.ts`, `fields.ts`).
 *
 * Frame: records without a gap. Record: u32 length of the rest · u8 tag · body, big-endian.
 * Tag 1, a packet: f64 at · u32 n · u32 line · u8 direction · u8 version · u8 fate · the packet.
 * Tag 2, refused: u32 length of the JSON · the JSON of the entry without `bytes` · the bytes.
 * Tag 3, anything else: the JSON of the entry.
 */
import type { Fate, MqttVersion, PacketEntry, TraceEntry } from './protocol.ts';

const fates: readonly Fate[] = ['passed', 'dropped', 'delayed', 'duplicated', 'held', 'refused'];
const packetHeader = 4 + 1 + 8 + 4 + 4 + 3;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** What a record other than a packet's holds behind its tag. */
function restOf(entry: Exclude<TraceEntry, PacketEntry>): Uint8Array[] {
  if (entry.type !== 'refused') return [encoder.encode(JSON.stringify(entry))];
  const { bytes, ...rest } = entry;
  const json = encoder.encode(JSON.stringify(rest));
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, json.length);
  return [length, json, bytes];
}

/** One allocation for the whole batch: packets, by far the most, go straight to their place. */
export function encodeBatch(entries: readonly TraceEntry[]): Uint8Array {
  const others = new Map<TraceEntry, Uint8Array[]>();
  let size = 0;
  for (const entry of entries) {
    if (entry.type === 'packet') size += packetHeader + entry.bytes.length;
    else {
      const parts = restOf(entry);
      others.set(entry, parts);
      size += parts.reduce((sum, part) => sum + part.length, 5);
    }
  }
  const batch = new Uint8Array(size);
  const view = new DataView(batch.buffer);
  let at = 0;
  for (const entry of entries) {
    const start = at;
    if (entry.type === 'packet') at = putPacket(batch, view, at, entry);
    else {
      batch[at + 4] = entry.type === 'refused' ? 2 : 3;
      at += 5;
      for (const part of others.get(entry)!) {
        batch.set(part, at);
        at += part.length;
      }
    }
    view.setUint32(start, at - start - 4);
  }
  return batch;
}

/** Answers where the record ends; its length is set by the caller. */
function putPacket(batch: Uint8Array, view: DataView, at: number, entry: PacketEntry): number {
  batch[at + 4] = 1;
  view.setFloat64(at + 5, entry.at);
  view.setUint32(at + 13, entry.n);
  view.setUint32(at + 17, entry.line);
  batch[at + 21] = entry.direction === 'to-broker' ? 0 : 1;
  batch[at + 22] = entry.version;
  batch[at + 23] = fates.indexOf(entry.fate);
  batch.set(entry.bytes, at + packetHeader);
  return at + packetHeader + entry.bytes.length;
}

/** Throws a RangeError where the bytes are not a whole batch. */
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
        bytes: record.slice(packetHeader),
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
