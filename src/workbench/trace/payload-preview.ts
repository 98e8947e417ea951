const strict = new TextDecoder('utf-8', { fatal: true });
const control = /[\u0000-\u0008\u000b-\u001f\u007f]/;

/** A payload as text: UTF-8 if it is valid, else hexadecimal pairs. */
export interface ReadablePayload {
  text: string;
  form: 'text' | 'hex';
  /** Whether `text` was cut at the given length. */
  cut: boolean;
}

/** `most` is in characters for text and in bytes for hexadecimal. */
export function readable(bytes: Uint8Array, most = 200): ReadablePayload {
  // Four bytes are the longest character: the bytes that are cut off can't change the shown text.
  const head = bytes.subarray(0, most * 4 + 4);
  const text = decode(head, bytes.length > head.length);
  if (text !== undefined && !control.test(text)) {
    const characters = [...text];
    const cut = characters.length > most || bytes.length > head.length;
    return { text: characters.slice(0, most).join(''), form: 'text', cut };
  }
  const pairs = Array.from(bytes.subarray(0, most), (byte) => byte.toString(16).padStart(2, '0'));
  return { text: pairs.join(' '), form: 'hex', cut: bytes.length > most };
}

/** Undefined if the bytes are not UTF-8; a character cut off at the very end is left out. */
function decode(bytes: Uint8Array, isCut: boolean): string | undefined {
  const most = isCut ? 4 : 1;
  for (let missing = 0; missing < most && missing <= bytes.length; missing += 1) {
    try {
      return strict.decode(bytes.subarray(0, bytes.length - missing));
    } catch {
      // One byte less.
    }
  }
  return undefined;
}

/** In one line, with "…" if something was left out. */
export function previewOf(bytes: Uint8Array, most = 80): string {
  const { text, cut } = readable(bytes, most);
  return text.replace(/\s+/g, ' ') + (cut ? '…' : '');
}
