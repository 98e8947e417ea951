/** The bytes of a packet, a row for each run of bytes, for the picture of a packet in the text. */
import { fieldKey, fieldsOf } from '../../sandbox/fields.ts';
import type { Field, PacketKind } from '../../sandbox/protocol.ts';

export interface Row {
  /** In hexadecimal, two figures a byte. */
  bytes: string[];
  /** Fields smaller than a byte share a row. */
  parts: { key: string; value: string }[];
}

/** By the number in the first four bits (MQTT 3.1.1, table 2.1). */
const kinds: Record<number, PacketKind> = {
  1: 'CONNECT',
  3: 'PUBLISH',
  8: 'SUBSCRIBE',
  12: 'PINGREQ',
  14: 'DISCONNECT',
};

function valueOf({ name, value }: Field): string {
  if (name === 'packetType') return [value, kinds[Number(value)]].filter(Boolean).join(' ');
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return String(value);
}

/** Of a packet that a client of MQTT 3.1.1 sends. */
export function rowsOf(frame: Uint8Array): Row[] {
  const rows = new Map<string, Row>();
  for (const field of fieldsOf(frame, 4, 'to-broker')) {
    const place = `${field.start}-${field.end}`;
    const row = rows.get(place) ?? {
      bytes: [...frame.subarray(field.start, field.end)].map((byte) =>
        byte.toString(16).padStart(2, '0'),
      ),
      parts: [],
    };
    row.parts.push({ key: fieldKey(field.name), value: valueOf(field) });
    rows.set(place, row);
  }
  return [...rows.values()];
}
