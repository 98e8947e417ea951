/** UTF-8 strings as MQTT wants them (3.1.1 section 1.5.3, 5.0 section 1.5.4). */
import type { RuleId } from './rules/index.ts';

// ignoreBOM keeps U+FEFF in the string ([MQTT-1.5.3-3], 5.0 [MQTT-1.5.4-3]); fatal refuses overlong
// forms, surrogates and cut sequences ([MQTT-1.5.3-1], 5.0 [MQTT-1.5.4-1]).
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Longest run that goes through `fromCharCode`: above it TextDecoder is faster. */
const SHORT = 64;

/**
 * Decodes `bytes[start, end)` if it is plain ASCII, U+0020 … U+007E; else null. No TextDecoder:
 * almost every topic is short ASCII and this costs a fraction of it.
 */
export function asciiText(bytes: Uint8Array, start: number, end: number): string | null {
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    if (byte < 0x20 || byte > 0x7e) return null;
  }
  return end - start > SHORT
    ? decoder.decode(bytes.subarray(start, end))
    : joined(bytes, start, end);
}

/** Short, known ASCII. Eight characters at a time cost a quarter of one at a time. */
function joined(b: Uint8Array, start: number, end: number): string {
  let text = '';
  let i = start;
  for (; i + 8 <= end; i += 8) {
    // prettier-ignore
    text += String.fromCharCode(
      b[i]!, b[i + 1]!, b[i + 2]!, b[i + 3]!, b[i + 4]!, b[i + 5]!, b[i + 6]!, b[i + 7]!,
    );
  }
  for (; i < end; i++) text += String.fromCharCode(b[i]!);
  return text;
}

/** Decodes well-formed UTF-8, or null. */
export function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

/** Which rule a decoded string breaks, or null. */
export function characterFault(text: string): RuleId | null {
  let fault: RuleId | null = null;
  for (let i = 0; i < text.length; i++) {
    const point = text.codePointAt(i) as number;
    if (point === 0) return 'utf8-nul'; // [MQTT-1.5.3-2], 5.0 [MQTT-1.5.4-2]
    if (isControl(point) || isNonCharacter(point)) fault = 'utf8-control';
    if (point > 0xffff) i++;
  }
  return fault;
}

const isControl = (point: number): boolean => point < 0x20 || (point >= 0x7f && point <= 0x9f);
const isNonCharacter = (point: number): boolean =>
  (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) === 0xfffe;
