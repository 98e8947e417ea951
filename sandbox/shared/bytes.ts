/** Bytes in one piece, without Node's Buffer. */

/** Small results share memory, as Node's do: to allocate some for each costs more than the copy. */
const SLAB = 8192;
let slab = new ArrayBuffer(SLAB);
let used = 0;

function allocate(length: number): Uint8Array {
  if (length > SLAB / 2) return new Uint8Array(length);
  if (used + length > SLAB) {
    slab = new ArrayBuffer(SLAB);
    used = 0;
  }
  const bytes = new Uint8Array(slab, used, length);
  used += length;
  return bytes;
}

export function concatBytes(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const all = allocate(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
