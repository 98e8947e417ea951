import { expect, test } from 'vitest';
import { decodeBatch, PACKET_HEADER, putPacket, recordOf } from './trace-batch.ts';
import type { TraceEntry } from './trace.ts';

const entries: TraceEntry[] = [
  { type: 'line-opened', n: 1, at: 0.25, line: 1, transport: 'tcp', role: 'outside' },
  {
    type: 'packet',
    n: 2,
    at: 1234.5678,
    line: 1,
    direction: 'to-client',
    version: 5,
    bytes: new Uint8Array([0xd0, 0]),
    fate: 'duplicated',
  },
  {
    type: 'refused',
    n: 3,
    at: 2000,
    line: 4_000_000_000,
    version: 4,
    rule: 'packet-id-zero',
    statement: 'MQTT-2.3.1-1',
    bytes: new Uint8Array([0x32, 0xff]),
  },
  { type: 'device', n: 4, at: 3000, device: '恆溫器 "1"', state: 'ended' },
  { type: 'line-closed', n: 5, at: 4000, line: 1, by: 'gate' },
];

function encodeBatch(all: TraceEntry[]): Uint8Array {
  const records = all.map((entry) => {
    if (entry.type !== 'packet') return recordOf(entry);
    const bytes = new Uint8Array(PACKET_HEADER + entry.bytes.length);
    putPacket({ bytes, view: new DataView(bytes.buffer) }, 0, entry);
    return bytes;
  });
  return new Uint8Array(Buffer.concat(records));
}

test('a batch gives back every entry as it was', () => {
  expect(decodeBatch(encodeBatch(entries))).toEqual(entries);
  expect(decodeBatch(encodeBatch([]))).toEqual([]);
});

test('a batch that is cut off is an error, not half a trace', () => {
  const batch = encodeBatch(entries);
  for (const length of [3, 10, batch.length - 1])
    expect(() => decodeBatch(batch.subarray(0, length))).toThrow(RangeError);
});

test('a batch can lie anywhere in a buffer', () => {
  const batch = encodeBatch(entries);
  const shifted = new Uint8Array(batch.length + 7);
  shifted.set(batch, 7);
  expect(decodeBatch(shifted.subarray(7))).toEqual(entries);
});
