/** Variable byte integers (MQTT 5.0, section 1.5.5): the only place that reads or writes them. */

/** The most bytes of a variable byte integer. */
const MOST_BYTES = 4;

/** How many bytes the integer at `at` takes: 1 to 4; 0 if it is not whole, -1 if it is longer. */
export function varintLength(bytes: Uint8Array, at: number, end = bytes.length): number {
  for (let length = 1; length <= MOST_BYTES; length++) {
    if (at + length > end) return 0;
    if (bytes[at + length - 1]! < 128) return length;
  }
  return -1;
}

/** The value of an integer of `length` bytes at `at`. */
export function varintValue(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= 0; i--) value = value * 128 + (bytes[at + i]! & 127);
  return value;
}

/** How many bytes the shortest form of `value` takes ([MQTT-1.5.5-1]). */
export function varintSize(value: number): number {
  return value < 128 ? 1 : value < 16_384 ? 2 : value < 2_097_152 ? 3 : 4;
}

/** Writes `value`, 0 … 268,435,455, in its shortest form; returns the offset of its end. */
export function writeVarint(out: Uint8Array, at: number, value: number): number {
  let left = value;
  for (; left >= 128; left = Math.floor(left / 128)) out[at++] = (left % 128) | 128;
  out[at] = left;
  return at + 1;
}

/** The bytes of `value` in its shortest form. */
export function encodeVarint(value: number): Uint8Array {
  const out = new Uint8Array(varintSize(value));
  writeVarint(out, 0, value);
  return out;
}

/** The offset of the variable header in a whole packet (section 2.1.4). */
export function headerLength(frame: Uint8Array): number {
  return 1 + varintLength(frame, 1);
}
