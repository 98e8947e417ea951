/** The bytes of a packet, a row for each run of bytes, for the picture of a packet in the text. */
import { fieldKey, fieldsOf } from '../../sandbox/mqtt/fields.ts';
import { kindOf } from '../../sandbox/mqtt/packet.ts';
import type { Direction, Field, MqttVersion } from '../../sandbox/protocol/mqtt.ts';

export interface PacketTableRow {
  /** In hexadecimal, two figures a byte. */
  bytes: string[];
  /** Fields smaller than a byte share a row. */
  parts: { key: string; value: string }[];
}

function valueOf({ name, value }: Field): string {
  if (name === 'packetType') return [value, kindOf(Number(value) << 4)].filter(Boolean).join(' ');
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return String(value);
}

/** Without more words it is a packet that a client of MQTT 3.1.1 sends. */
export function rowsOf(
  frame: Uint8Array,
  version: MqttVersion = 4,
  direction: Direction = 'to-broker',
): PacketTableRow[] {
  const rows = new Map<string, PacketTableRow>();
  for (const field of fieldsOf(frame, version, direction)) {
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
