/**
 * The C library's text functions that Mosquitto's files depend on: words, numbers, blanks. Sources:
 * lib/misc_mosq.c and src/conf.c of Mosquitto 2.0.11.
 */

/** As `fgets` gives them: without their newline; no line after the last newline. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** `strtok_r(line, " ")`: words are separated by spaces. A tab is part of a word. */
export class Tokenizer {
  #rest: string;

  constructor(line: string) {
    this.#rest = line;
  }

  /** The next word, or undefined at the end of the line. */
  next(): string | undefined {
    const start = this.#rest.search(/[^ ]/);
    if (start < 0) {
      this.#rest = '';
      return undefined;
    }
    const end = this.#rest.indexOf(' ', start);
    const word = end < 0 ? this.#rest.slice(start) : this.#rest.slice(start, end);
    this.#rest = end < 0 ? '' : this.#rest.slice(end + 1);
    return word;
  }

  /** `strtok_r(NULL, "")`: the rest, blanks included; undefined if it is empty. */
  rest(): string | undefined {
    const rest = this.#rest;
    this.#rest = '';
    return rest === '' ? undefined : rest;
  }
}

/** `misc__trimblanks`: the blanks of C's `isspace`, at both ends. */
export function trimBlanks(text: string): string {
  return trimEnd(text.replace(/^[ \t\n\v\f\r]+/, ''));
}

/**
 * Without the blanks at its end, or without those of `these`. Not a regular expression: `/ +$/` begins
 * anew at each blank, and takes seconds for a line of them that ends in a letter.
 */
export function trimEnd(text: string, these = ' \t\n\v\f\r'): string {
  let end = text.length;
  while (end > 0 && these.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** `atoi` of glibc on a 64-bit machine: leading blanks, a sign, digits; 0 if there are none. */
export function atoi(text: string): number {
  const found = /^[ \t\n\v\f\r]*([+-]?)(\d{1,30})/.exec(text);
  if (!found) return 0;
  const magnitude = BigInt(found[2] ?? '0');
  const value = found[1] === '-' ? -magnitude : magnitude;
  const highest = 2n ** 63n - 1n;
  const clamped = value > highest ? highest : value < -highest - 1n ? -highest - 1n : value;
  return Number(BigInt.asIntN(32, clamped));
}

/**
 * `strtol(text, &end, 0)` to the end of the text: decimal, `0x…`, `0…`. Undefined if something is
 * left over.
 */
export function strtol(text: string): number | undefined {
  const found = /^[ \t\n\v\f\r]*([+-]?)(0[xX][0-9a-fA-F]{1,30}|0[0-7]{0,30}|[1-9]\d{0,30})$/.exec(
    text,
  );
  if (!found) return undefined;
  const [, sign, digits = '0'] = found;
  const octal = /^0\d/.test(digits);
  const magnitude = octal ? parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -magnitude : magnitude;
}

/** `mosquitto_validate_utf8`: no control characters, no non-characters, nothing that was not UTF-8. */
export function isCleanUtf8(text: string): boolean {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code <= 0x1f || (code >= 0x7f && code <= 0x9f)) return false;
    if (code >= 0xd800 && code <= 0xdfff) return false;
    if (code >= 0xfdd0 && code <= 0xfdef) return false;
    if ((code & 0xfffe) === 0xfffe) return false;
  }
  return true;
}
