/** printf(1): the format is used again while arguments are left. */
import type { Program } from '../programs/program.ts';

const escapes: Readonly<Record<string, string>> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', e: '\x1b' },
  ...{ '\\': '\\', '"': '"' },
};
const escape = /\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|([\s\S]))/g;
/** Lengths of numbers mean nothing here. */
const directive = /^%(?:%|([-+ 0#]*)(\*|\d*)(?:\.(\d*))?[hlLjzt]*([\s\S]?))$/;
/** More than a person wants, less than a memory holds. */
const mostRounds = 10_000;
const widest = 10_000;

export const printf: Program = (args, io) => {
  const [first, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (first === undefined) {
    io.stderr.write("printf: missing operand\nTry 'printf --help' for more information.\n");
    return Promise.resolve(1);
  }
  let status = 0;
  const complain = (words: string): void => {
    io.stderr.write(`printf: ${words}\n`);
    status = 1;
  };
  const left = [...rest];
  for (let round = 0; round < mostRounds; round += 1) {
    const before = left.length;
    let stopped = false;
    const pieces = first.split(/(%(?:%|[-+ 0#]*(?:\*|\d*)(?:\.\d*)?[hlLjzt]*[\s\S]?))/);
    for (const [index, piece] of pieces.entries()) {
      if (stopped) break;
      if (index % 2 === 0) {
        io.stdout.write(bytesOf(unescaped(piece)));
        continue;
      }
      const [, flags = '', width = '', precision, letter] = directive.exec(piece)!;
      if (letter === undefined) {
        io.stdout.write('%');
        continue;
      }
      const wide = width === '*' ? Number(left.shift() ?? 0) : Number(width);
      const argument = left.shift();
      const text = converted(letter, argument ?? '', flags, precision, complain);
      if (text === undefined) {
        complain(`${piece}: invalid conversion specification`);
        return Promise.resolve(1);
      }
      const ends = letter === 'b' && (argument ?? '').includes('\\c');
      io.stdout.write(bytesOf(padded(text, flags, Math.min(wide, widest), letter)));
      stopped = ends;
    }
    if (stopped || left.length === 0 || left.length === before) break;
  }
  if (left.length === rest.length && rest.length > 0)
    io.stderr.write(`printf: warning: ignoring excess arguments, starting with '${rest[0]!}'\n`);
  return Promise.resolve(status);
};

function converted(
  letter: string,
  argument: string,
  flags: string,
  precision: string | undefined,
  complain: (words: string) => void,
): string | undefined {
  const cut = (text: string) => (precision === undefined ? text : text.slice(0, Number(precision)));
  if (letter === '') return undefined;
  if (letter === 's') return cut(argument);
  if (letter === 'b') return cut(unescaped(argument.split('\\c', 1)[0]!));
  if (letter === 'c') return argument.slice(0, 1);
  if ('diuoxX'.includes(letter)) return whole(letter, argument, flags, complain);
  if ('fFeEgG'.includes(letter)) return real(letter, argument, precision, complain);
  return undefined;
}

function whole(letter: string, argument: string, flags: string, complain: (words: string) => void) {
  const value = numberOf(argument, complain);
  if (letter === 'd' || letter === 'i') {
    const sign = value < 0 ? '' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
    return `${sign}${Math.trunc(value)}`;
  }
  const unsigned = BigInt.asUintN(64, BigInt(Math.trunc(value)));
  if (letter === 'u') return String(unsigned);
  if (letter === 'o') return `${flags.includes('#') ? '0' : ''}${unsigned.toString(8)}`;
  const digits = `${flags.includes('#') && value !== 0 ? '0x' : ''}${unsigned.toString(16)}`;
  return letter === 'X' ? digits.toUpperCase() : digits;
}

function real(
  letter: string,
  argument: string,
  precision: string | undefined,
  complain: (words: string) => void,
) {
  const value = numberOf(argument, complain);
  const places = precision === undefined ? 6 : Math.min(Number(precision), 100);
  if (letter === 'f' || letter === 'F') return value.toFixed(places);
  const text =
    letter === 'e' || letter === 'E'
      ? value.toExponential(places).replace(/e([+-])(\d)$/, 'e$10$2')
      : String(Number(value.toPrecision(Math.max(1, places))));
  return letter === 'E' ? text.toUpperCase() : text;
}

/** As strtol(3) and strtod(3) read it; `'a` is the number of the letter. */
function numberOf(argument: string, complain: (words: string) => void): number {
  if (argument === '') return 0;
  if (/^['"]./su.test(argument)) return argument.codePointAt(1)!;
  const octal = /^-?0[0-7]+$/.test(argument);
  const found = octal ? argument : /^\s*[+-]?(?:0[xX][0-9a-fA-F]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)/.exec(argument)?.[0]; // prettier-ignore
  if (found === undefined) {
    complain(`'${argument}': expected a numeric value`);
    return 0;
  }
  if (found.length < argument.length) complain(`'${argument}': value not completely converted`);
  return octal ? parseInt(found, 8) : Number(found);
}

function padded(text: string, flags: string, width: number, letter: string): string {
  if (flags.includes('-')) return text.padEnd(width);
  if (!flags.includes('0') || 'sbc'.includes(letter)) return text.padStart(width);
  const [sign = ''] = /^[-+ ]/.exec(text) ?? [];
  return sign + text.slice(sign.length).padStart(width - sign.length, '0');
}

const unescaped = (text: string): string =>
  text.replace(
    escape,
    (given, hex: string | undefined, octal: string | undefined, letter: string | undefined) => {
      if (hex !== undefined) return byte(parseInt(hex, 16));
      if (octal !== undefined) return byte(parseInt(octal, 8) & 255);
      return Object.hasOwn(escapes, letter!) ? escapes[letter!]! : given;
    },
  );

/** A byte that an escape made: above ASCII it is half of a surrogate pair until it is written. */
const byte = (code: number): string => String.fromCharCode(code < 128 ? code : 0xdc00 + code);

function bytesOf(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const pieces = text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/);
  return Uint8Array.from(
    pieces.flatMap((piece, index) =>
      index % 2 === 1 ? [piece.charCodeAt(0) - 0xdc00] : [...encoder.encode(piece)],
    ),
  );
}
