/** PEM and DER (X.690), as far as certificates and keys need them. */

/** One value: where its content begins and ends. */
export interface Value {
  tag: number;
  /** Of the value as a whole: its tag. */
  at: number;
  start: number;
  end: number;
}

export const tags = { integer: 2, bits: 3, oid: 6, sequence: 0x30, set: 0x31 } as const;

/** The contents of all blocks of this kind, such as `CERTIFICATE`, in their order. */
export function blocksOf(pem: string, kind: RegExp): Uint8Array[] {
  const blocks = pem.matchAll(/-----BEGIN ([A-Z0-9 ]+)-----([\sA-Za-z0-9+/=]+)-----END \1-----/g);
  return [...blocks].flatMap(([, label = '', text = '']) =>
    kind.test(label) ? bytesOf(text) : [],
  );
}

/** No bytes if the text is no Base64. */
function bytesOf(base64: string): Uint8Array[] {
  try {
    return [Uint8Array.from(atob(base64.replace(/\s/g, '')), (char) => char.charCodeAt(0))];
  } catch {
    return [];
  }
}

/** @throws RangeError if the bytes end before the value */
export function valueAt(bytes: Uint8Array, at: number): Value {
  const first = bytes[at + 1] ?? 0;
  const more = first > 0x80 ? first & 0x7f : 0;
  let length = more > 0 ? 0 : first;
  for (let index = 0; index < more; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  const start = at + 2 + more;
  const end = start + length;
  if (end > bytes.length || first === 0x80) throw new RangeError('The bytes end too early.');
  return { tag: bytes[at]!, at, start, end };
}

/** @throws RangeError if one goes beyond its parent */
export function valuesIn(bytes: Uint8Array, { start, end }: Pick<Value, 'start' | 'end'>): Value[] {
  const values: Value[] = [];
  for (let at = start; at < end; at = values.at(-1)!.end) {
    const value = valueAt(bytes, at);
    if (value.end > end) throw new RangeError('A value is longer than its parent.');
    values.push(value);
  }
  return values;
}

export const contentOf = (bytes: Uint8Array, { start, end }: Value): Uint8Array =>
  bytes.subarray(start, end);
export const wholeOf = (bytes: Uint8Array, { at, end }: Value): Uint8Array =>
  bytes.subarray(at, end);

/** As hexadecimal digits: equal bytes are equal texts. */
export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** `2.5.4.3` */
export function oidOf(bytes: Uint8Array): string {
  const numbers: number[] = [];
  let number = 0;
  for (const byte of bytes) {
    number = number * 128 + (byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(number);
    number = 0;
  }
  const [first = 0, ...rest] = numbers;
  const head = Math.min(2, Math.floor(first / 40));
  return [head, first - head * 40, ...rest].join('.');
}
