/**
 * Bytes of the packet that starts here, fixed header included (MQTT 5.0, section 2.1.4); 0 while
 * the header is not whole.
 */
export function frameLength(bytes: Uint8Array): number {
  let remaining = 0;
  for (let i = 1, factor = 1; i < bytes.length && i <= 4; i++, factor *= 128) {
    remaining += (bytes[i]! & 127) * factor;
    if (bytes[i]! < 128) return remaining + i + 1;
  }
  return 0;
}

/** Where the variable header starts in a whole packet. */
export function headerLength(frame: Uint8Array): number {
  let i = 1;
  while (i < 4 && frame[i]! >= 128) i++;
  return i + 1;
}
