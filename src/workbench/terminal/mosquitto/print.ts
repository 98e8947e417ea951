/** Formats a received message for standard output (client/sub_client_output.c, 2.0.11). */
import { concat } from '../programs/streams.ts';
import type { ClientConfig } from './client-config.ts';
import type { ClientFacts } from './changes.ts';
import { messageJson } from './json.ts';
import type { ReceivedMessage } from './received-message.ts';
import { strftime } from './strftime.ts';

const encoder = new TextEncoder();
const newline = Uint8Array.of(10);
const escapes: Record<string, number> = {
  '\\': 92,
  '0': 0,
  a: 7,
  e: 27,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};

/** Wider than any screen; `%999999999t` is a gigabyte of blanks. */
const mostWidth = 16_384;

interface Field {
  left: boolean;
  zero: boolean;
  width: number;
  /** -1 if none was given. */
  precision: number;
}
export interface FormattedMessage {
  out: Uint8Array;
  /** For stderr. */
  wrong?: string;
}

/** `print_message`. A message that isn't shown is no bytes. */
export function printMessage(
  config: ClientConfig,
  message: ReceivedMessage,
  now = new Date(),
): FormattedMessage {
  const nothing = { out: new Uint8Array() };
  if (Math.random() * 10_000 >= config.randomFilter) return nothing;
  if (config.format !== undefined) return formatted(config, message, config.format, now);
  const { payload, topic } = message;
  const end = config.endOfLine ? newline : new Uint8Array();
  if (config.verbose) {
    if (payload.length > 0) return { out: concat([encoder.encode(`${topic} `), payload, end]) };
    return config.endOfLine ? { out: encoder.encode(`${topic} (null)\n`) } : nothing;
  }
  return payload.length > 0 ? { out: concat([payload, end]) } : nothing;
}

function formatted(
  config: ClientConfig,
  message: ReceivedMessage,
  format: string,
  now: Date,
): FormattedMessage {
  const chunks: Uint8Array[] = [];
  let wrong = '';
  const put = (text: string | Uint8Array): void => {
    chunks.push(typeof text === 'string' ? encoder.encode(text) : text);
  };
  for (let i = 0; i < format.length; i += 1) {
    const [, percent] = /^%(-?0?\d*(?:\.\d*)?.)/su.exec(format.slice(i)) ?? [];
    const character = String.fromCodePoint(format.codePointAt(i)!);
    const next = format[i + 1] ?? '';
    if (percent !== undefined) {
      i += percent.length;
      const [, minus, zero, width, precision, letter = ''] =
        /^(-?)(0?)(\d*)(?:\.(\d*))?(.)$/su.exec(percent)!;
      const field: Field = {
        left: minus !== '',
        zero: zero !== '',
        width: Math.min(Number(width), mostWidth),
        precision: percent.includes('.') ? Number(precision ?? 0) : -1,
      };
      const formatted = specifier(config, message, letter, field, now);
      if (typeof formatted === 'object' && 'wrong' in formatted) wrong += formatted.wrong;
      else put(formatted);
    } else if (character === '@') {
      i += 1;
      if (next === '@') put('@');
      // A page's clock has milliseconds; the name of the zone is the machine's own.
      else if (next === 'N') put(String(now.getMilliseconds() * 1_000_000).padStart(9, '0'));
      else put(strftime(next, now) ?? `%${next}`);
    } else if (character === '\\') {
      i += 1;
      put(Uint8Array.of(escapes[next]!));
    } else {
      put(character);
      i += character.length - 1;
    }
  }
  if (config.endOfLine) put(newline);
  return { out: concat(chunks), ...(wrong !== '' && { wrong }) };
}

function specifier(
  config: ClientConfig,
  message: ReceivedMessage,
  letter: string,
  field: Field,
  now: Date,
): string | Uint8Array | { wrong: string } {
  const { properties, payload } = message;
  switch (letter) {
    case 'A': return number(properties.topicAlias, field);
    case 'C': return properties.contentType === undefined ? ' '.repeat(field.width) : string(properties.contentType, field);
    case 'D': return properties.correlationData ?? '';
    case 'E': return number(properties.messageExpiryInterval, field);
    case 'F': return number(properties.payloadFormatIndicator, field);
    case 'I': return string(`${strftime('F', now)}T${strftime('T', now)}${strftime('z', now)}`, field);
    case 'j': case 'J': {
      const json = messageJson(message, { escaped: letter === 'j', pretty: config.pretty, now, facts: config.facts });
      return json ?? { wrong: `Error: Message payload is not valid JSON on topic ${message.topic}.\n` };
    }
    case 'l': return number(payload.length, field);
    case 'm': return number(message.mid, field);
    case 'P': return (properties.userProperties ?? []).map(([name, value]) => `${name}:${value}`).join(' ');
    case 'p': return payloadField(payload, field);
    case 'q': return String(message.qos);
    case 'R': return properties.responseTopic === undefined ? '' : string(properties.responseTopic, field);
    case 'r': return message.retain ? '1' : '0';
    case 'S': return number(properties.subscriptionIdentifier, field);
    case 't': return string(message.topic, field);
    case 'U': return `${strftime('s', now)}.${String(now.getMilliseconds() * 1_000_000).padStart(9, '0')}`;
    case 'x': case 'X': return hexField(payload, letter === 'X', field, config.facts);
    default: return '%';
  }
} // prettier-ignore

/** `formatted_print_int` and `formatted_print_blank`; the value is printed as a signed 32-bit number. */
function number(value: number | undefined, { left, zero, width }: Field): string {
  if (value === undefined) return (zero ? '0' : ' ').repeat(width);
  const digits = String(value | 0);
  if (left) return digits.padEnd(width);
  if (!zero || !digits.startsWith('-')) return digits.padStart(width, zero ? '0' : ' ');
  return `-${digits.slice(1).padStart(width - 1, '0')}`;
}

/** printf's %*.*s: width and precision count bytes. */
function string(text: string, { left, width, precision }: Field): Uint8Array {
  const bytes = encoder.encode(text);
  const cut = precision < 0 ? bytes : bytes.subarray(0, precision);
  return pad(cut, width - cut.length, left, ' ');
}

/** `write_payload`: cut to the width, unlike printf. */
function payloadField(payload: Uint8Array, { left, zero, width }: Field): Uint8Array {
  const cut = width > 0 ? payload.subarray(0, width) : payload;
  return pad(cut, width - cut.length, left, zero ? '0' : ' ');
}
function hexField(
  payload: Uint8Array,
  upper: boolean,
  { left, zero, width }: Field,
  { hexWidthIsDigits }: ClientFacts,
): Uint8Array {
  let length = payload.length;
  if (width > 0)
    length = hexWidthIsDigits ? Math.min(length, width) : Math.floor(Math.min(length, width) / 2);
  const digits = Array.from(payload.subarray(0, length), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const padding = width > 0 ? width - length * 2 : width - length;
  return pad(
    encoder.encode(upper ? digits.toUpperCase() : digits),
    padding,
    left,
    zero ? '0' : ' ',
  );
}

function pad(bytes: Uint8Array, count: number, left: boolean, character: string): Uint8Array {
  if (count <= 0) return bytes;
  return left
    ? concat([bytes, encoder.encode(' '.repeat(count))])
    : concat([encoder.encode(character.repeat(count)), bytes]);
}
