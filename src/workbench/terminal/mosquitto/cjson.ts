/**
 * JSON as cJSON reads and prints it (cJSON.c 1.7, as Debian builds it): numbers are doubles, printed
 * with 15 or 17 digits; names keep their order and may come twice; strings are bytes, and end at a
 * NUL. Texts here are bytes as Latin-1.
 */

/** Members in their order; a name may come twice. */
export class JsonObject {
  readonly members: (readonly [name: string, value: Json])[];
  constructor(members: (readonly [string, Json])[]) {
    this.members = members;
  }
}
export type Json = string | number | boolean | null | JsonObject | readonly Json[];

/** CJSON_NESTING_LIMIT */
const deepest = 1000;
const escapes: Record<string, string> = {
  b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', '/': '/',
}; // prettier-ignore

class NotJson extends Error {}

/** Undefined if it is no JSON, or something follows it. */
export function parseJson(text: string): Json | undefined {
  try {
    return new Parser(text).whole();
  } catch (error) {
    if (error instanceof NotJson) return undefined;
    throw error;
  }
}

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    // A byte order mark is passed over.
    if (this.#text.startsWith('\xef\xbb\xbf')) this.#at = 3;
    this.#blanks();
    const value = this.#value(0);
    this.#blanks();
    if (this.#at < this.#text.length) throw new NotJson();
    return value;
  }

  /** Everything up to the blank counts as one; a NUL ends the text. */
  #blanks(): void {
    while (this.#at < this.#text.length) {
      const code = this.#text.charCodeAt(this.#at);
      if (code > 0x20 || code === 0) return;
      this.#at += 1;
    }
  }

  #took(word: string): boolean {
    if (!this.#text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  #value(depth: number): Json {
    if (depth > deepest) throw new NotJson();
    if (this.#took('null')) return null;
    if (this.#took('false')) return false;
    if (this.#took('true')) return true;
    if (this.#took('"')) return this.#string();
    if (this.#took('[')) return this.#list(']', () => this.#value(depth + 1));
    if (this.#took('{')) return new JsonObject(this.#list('}', () => this.#member(depth)));
    return this.#number();
  }

  #list<T>(end: string, item: () => T): T[] {
    const items: T[] = [];
    this.#blanks();
    if (this.#took(end)) return items;
    do {
      this.#blanks();
      items.push(item());
      this.#blanks();
    } while (this.#took(','));
    if (!this.#took(end)) throw new NotJson();
    return items;
  }

  #member(depth: number): readonly [string, Json] {
    if (!this.#took('"')) throw new NotJson();
    const name = this.#string();
    this.#blanks();
    if (!this.#took(':')) throw new NotJson();
    this.#blanks();
    return [name, this.#value(depth + 1)];
  }

  /** As many of the number's letters as strtod(3) takes: `01`, `1.` and `-0` among them. */
  #number(): number {
    const letters = /^[\d+\-eE.]{0,63}/.exec(this.#text.slice(this.#at, this.#at + 64))![0];
    const found = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/.exec(letters);
    const first = letters[0] ?? '';
    if (!found || !/[-\d]/.test(first)) throw new NotJson();
    this.#at += found[0].length;
    return Number(found[0]);
  }

  #string(): string {
    let text = '';
    for (;;) {
      const character = this.#text[this.#at];
      if (character === undefined) throw new NotJson();
      this.#at += 1;
      if (character === '"') break;
      text += character === '\\' ? this.#escape() : character;
    }
    return text.split('\0', 1)[0]!;
  }

  #escape(): string {
    const letter = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (letter !== 'u') {
      const character = escapes[letter];
      if (character === undefined) throw new NotJson();
      return character;
    }
    const first = this.#hex();
    if (first >= 0xdc00 && first <= 0xdfff) throw new NotJson();
    if (first < 0xd800 || first > 0xdbff) return utf8(first);
    if (!this.#took('\\u')) throw new NotJson();
    const second = this.#hex();
    if (second < 0xdc00 || second > 0xdfff) throw new NotJson();
    return utf8(0x10000 + (((first & 0x3ff) << 10) | (second & 0x3ff)));
  }

  /** Four digits; anything else counts as 0. */
  #hex(): number {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    if (digits.length < 4) throw new NotJson();
    this.#at += 4;
    return /^[\da-fA-F]{4}$/.test(digits) ? Number.parseInt(digits, 16) : 0;
  }
}

function utf8(code: number): string {
  return String.fromCharCode(...new TextEncoder().encode(String.fromCodePoint(code)));
}

/** cJSON_Print, cJSON_PrintUnformatted: a tab a level; an array stays on its line. */
export function printJson(value: Json, pretty: boolean, minusZero = '0', depth = 0): string {
  if (typeof value === 'number') return Object.is(value, -0) ? minusZero : printNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return printString(value);
  if (!(value instanceof JsonObject)) {
    return `[${value.map((item) => printJson(item, pretty, minusZero, depth + 1)).join(pretty ? ', ' : ',')}]`;
  }
  const members = value.members.map(
    ([name, item]) =>
      `${printString(name)}:${pretty ? '\t' : ''}${printJson(item, pretty, minusZero, depth + 1)}`,
  );
  if (!pretty) return `{${members.join(',')}}`;
  const indent = '\t'.repeat(depth + 1);
  if (members.length === 0) return `{\n${'\t'.repeat(depth)}}`;
  return `{\n${members.map((member) => indent + member).join(',\n')}\n${'\t'.repeat(depth)}}`;
}

/** Escapes as JSON.stringify does: quotes, backslashes and control characters. */
const printString = (text: string): string => JSON.stringify(text);

/** `%d`, else `%1.15g`, or `%1.17g` where that would not be the same number. */
function printNumber(value: number): string {
  if (!Number.isFinite(value)) return 'null';
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 31) return String(value);
  const short = shortest(value, 15);
  const near = Math.abs(Number(short) - value) <= Math.abs(value) * Number.EPSILON;
  return near ? short : shortest(value, 17);
}

/** printf's `%1.<digits>g` */
function shortest(value: number, digits: number): string {
  const [mantissa = '', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const power = Number(exponent);
  const trimmed = (text: string) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
  if (power >= -4 && power < digits) return trimmed(value.toFixed(Math.max(0, digits - 1 - power)));
  const size = String(Math.abs(power)).padStart(2, '0');
  return `${trimmed(mantissa)}e${power < 0 ? '-' : '+'}${size}`;
}
