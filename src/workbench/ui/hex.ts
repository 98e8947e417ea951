import type { Field } from '../../../sandbox/protocol/mqtt.ts';

export interface HexByte {
  index: number;
  /** Two hexadecimal digits. */
  hex: string;
  /** The character, or a dot if it can't be printed. */
  ascii: string;
}
export interface HexRow {
  offset: string;
  bytes: HexByte[];
}

export function hexRows(bytes: Uint8Array, perRow: number): HexRow[] {
  const rows: HexRow[] = [];
  for (let start = 0; start < bytes.length; start += perRow) {
    rows.push({
      offset: start.toString(16).padStart(4, '0'),
      bytes: Array.from(bytes.subarray(start, start + perRow), (byte, i) => ({
        index: start + i,
        hex: byte.toString(16).padStart(2, '0'),
        ascii: byte > 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·',
      })),
    });
  }
  return rows;
}

/** Whether the field has the byte; a field without bytes (an empty payload) has none. */
export function covers(field: Field, index: number): boolean {
  return index >= field.start && index < field.end;
}

/** The fields of a byte, by their index in `fields`: flags share one. */
export function fieldsAt(fields: readonly Field[], index: number): number[] {
  return fields.flatMap((field, i) => (covers(field, index) ? [i] : []));
}
