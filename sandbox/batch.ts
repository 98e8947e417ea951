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

function recordOf(entry: TraceEntry): Uint8Array {
  if (entry.type === 'packet') return packetRecord(entry);
  if (entry.type === 'refused') {
    const { bytes, ...rest } = entry;
    const json = encoder.encode(JSON.stringify(rest));
    const record = new Uint8Array(9 + json.length + bytes.length);
    const view = new DataView(record.buffer);
    view.setUint32(0, record.length - 4);
    record[4] = 2;
    view.setUint32(5, json.length);
    record.set(json, 9);
    record.set(bytes, 9 + json.length);
    return record;
  }
  const json = encoder.encode(JSON.stringify(entry));
  const record = new Uint8Array(5 + json.length);
  new DataView(record.buffer).setUint32(0, record.length - 4);
  record[4] = 3;
  record.set(json, 5);
  return record;
}

function packetRecord(entry: PacketEntry): Uint8Array {
  const record = new Uint8Array(packetHeader + entry.bytes.length);
  const view = new DataView(record.buffer);
  view.setUint32(0, record.length - 4);
  record[4] = 1;
  view.setFloat64(5, entry.at);
  view.setUint32(13, entry.n);
  view.setUint32(17, entry.line);
  record[21] = entry.direction === 'to-broker' ? 0 : 1;
  record[22] = entry.version;
  record[23] = fates.indexOf(entry.fate);
  record.set(entry.bytes, packetHeader);
  return record;
}

export function encodeBatch(entries: readonly TraceEntry[]): Uint8Array {
  const records = entries.map(recordOf);
  const batch = new Uint8Array(records.reduce((sum, record) => sum + record.length, 0));
  let at = 0;
  for (const record of records) {
    batch.set(record, at);
    at += record.length;
  }
  return batch;
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
