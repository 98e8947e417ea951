/**
 * `-D command identifier value` (client/client_props.c and lib/property_mosq.c of 2.0.11): which
 * packet may have which property, and the checks of libmosquitto.
 */
import type { ClientFacts } from './changes.ts';
import { atol, byteLength } from './argument-checks.ts';
import { err, strerror } from './codes.ts';

export type PropertyList = {
  name: string;
  value: string | number | [key: string, value: string];
}[];
export type PropertyCommand =
  'connect' | 'publish' | 'subscribe' | 'unsubscribe' | 'disconnect' | 'will';
type Kind = 'byte' | 'int16' | 'int32' | 'varint' | 'binary' | 'string' | 'pair';

const commands = new Set([
  'connect', 'connack', 'publish', 'puback', 'pubrec', 'pubrel', 'pubcomp', 'subscribe',
  'unsubscribe', 'disconnect', 'auth', 'will',
]); // prettier-ignore
const spoken = new Set<string>([
  'connect',
  'publish',
  'subscribe',
  'unsubscribe',
  'disconnect',
  'will',
]);

const message = ['publish', 'will'];
const acknowledged = [
  'connack',
  'puback',
  'pubrec',
  'pubrel',
  'pubcomp',
  'disconnect',
  'auth',
  'will',
];
/** Name → kind, and the commands in which it may stand (MQTT 5.0, table 2-4, as Mosquitto reads it). */
const known: Record<string, [kind: Kind, allowed: readonly string[]]> = {
  'payload-format-indicator': ['byte', message],
  'message-expiry-interval': ['int32', message],
  'content-type': ['string', message],
  'response-topic': ['string', message],
  'correlation-data': ['binary', message],
  'subscription-identifier': ['varint', ['publish', 'subscribe']],
  'session-expiry-interval': ['int32', ['connect', 'connack', 'disconnect']],
  'assigned-client-identifier': ['string', ['connack']],
  'server-keep-alive': ['int16', ['connack']],
  'authentication-method': ['string', ['connect', 'connack', 'auth']],
  'authentication-data': ['binary', ['connect', 'connack', 'auth']],
  'request-problem-information': ['byte', ['connect']],
  'will-delay-interval': ['int32', ['will']],
  'request-response-information': ['byte', ['connect']],
  'response-information': ['string', ['connack']],
  'server-reference': ['string', ['connack', 'disconnect']],
  'reason-string': ['string', acknowledged],
  'receive-maximum': ['int16', ['connect', 'connack']],
  'topic-alias-maximum': ['int16', ['connect', 'connack']],
  'topic-alias': ['int16', ['publish']],
  'maximum-qos': ['byte', ['connack']],
  'retain-available': ['byte', ['connack']],
  'user-property': ['pair', [...commands]],
  'maximum-packet-size': ['int32', ['connect', 'connack']],
  'wildcard-subscription-available': ['byte', ['connack']],
  'subscription-identifier-available': ['byte', ['connack']],
  'shared-subscription-available': ['byte', ['connack']],
};
const most: Record<Kind, number> = {
  byte: 0xff, int16: 0xffff, int32: 0xffff_ffff, varint: 0xffff_ffff, binary: 0xffff, string: 0xffff, pair: 0xffff,
}; // prettier-ignore

export interface ParsedProperty {
  command: PropertyCommand;
  property: PropertyList[number];
  /** How many arguments it took. */
  took: number;
}

/** The property that begins at `args[at]`, or Mosquitto's error if it is none. */
export function parseProperty(
  args: readonly string[],
  at: number,
  facts: ClientFacts,
): ParsedProperty | string {
  const few = 'Error: --property argument given but not enough arguments specified.\n\n';
  const left = args.length - at;
  if (left < 3) return few;
  const [rawCommand = '', rawName = '', first = '', second = ''] = args.slice(at);
  const command = rawCommand.toLowerCase();
  const name = rawName.toLowerCase();
  if (!commands.has(command)) return facts.unknownCommand(command);
  const entry = Object.hasOwn(known, name) ? known[name] : undefined;
  if (!entry) return facts.unknownProperty(name);
  const [kind, allowed] = entry;
  const where = `${rawName} property`;
  const there = `for ${rawCommand} in --property argument.\n\n`;
  if (!allowed.includes(command)) return `Error: ${where} not allowed ${there}`;
  if (kind === 'pair' && left < 4) return few;
  const isIdentifier = name === 'subscription-identifier';
  const unsupported =
    !spoken.has(command) ||
    (command === 'publish' && isIdentifier) ||
    (command === 'subscribe' && !isIdentifier && kind !== 'pair');
  if (unsupported) return `Error: ${where} not supported ${there}`;
  if (kind === 'pair') {
    const property = { name, value: [first, second] as [string, string] };
    return { command: command as PropertyCommand, property, took: 4 };
  }
  const isText = kind === 'string' || kind === 'binary';
  const value = isText ? first : atol(first);
  if (typeof value === 'number' && (value < 0 || value > most[kind])) {
    return `Error: Property value (${value}) out of range for property ${rawName}.\n\n`;
  }
  if (kind === 'binary' && byteLength(first) > most.binary) {
    return `Error: Property value too long for property ${rawName}.\n\n`;
  }
  return { command: command as PropertyCommand, property: { name, value }, took: 3 };
}

/** `mosquitto_property_check_all`: the error message, or undefined if the list is valid. */
export function listFault(list: PropertyList): string | undefined {
  for (const [index, { name, value }] of list.entries()) {
    const kind = known[name]?.[0];
    const isFlag = /^request-.*-information$/.test(name) && kind === 'byte';
    const isZero =
      ['maximum-packet-size', 'receive-maximum', 'topic-alias'].includes(name) && value === 0;
    if ((isFlag && Number(value) > 1) || isZero) return strerror(err.protocol);
    if (kind !== 'pair' && list.slice(index + 1).some((other) => other.name === name)) {
      return strerror(err.duplicateProperty);
    }
  }
  return undefined;
}
