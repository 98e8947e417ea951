/**
 * MQTT 5.0 properties (section 2.2.2.2): their types, the packets that may have them, and their
 * reader.
 */
import type { PacketKind, Properties } from '../protocol/mqtt.ts';
import type { Reader } from './reader.ts';
import type { RuleId } from './rules/index.ts';
import { hasWildcard } from './topic-syntax.ts';

/** What has properties: a packet, or the will in CONNECT. */
export type PropertyPlace = PacketKind | 'WILL';

interface PropertyShape {
  name: keyof Properties;
  type: 'byte' | 'uint16' | 'uint32' | 'varint' | 'text' | 'binary' | 'pair';
  places: readonly PropertyPlace[];
  /** Why a value is refused, or null; absent: every value of the type is fine. */
  fault?: (value: number) => RuleId | null;
}

const oneOrZero = (value: number): RuleId | null => (value > 1 ? 'property-value' : null);
const notZero = (value: number): RuleId | null => (value === 0 ? 'property-value' : null);
const ACKNOWLEDGEMENTS = ['PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP', 'SUBACK', 'UNSUBACK'] as const;

/** Table 2-4 of the specification. */
export const propertyShapes: ReadonlyMap<number, PropertyShape> = new Map<number, PropertyShape>([
  [
    0x01,
    { name: 'payloadFormatIndicator', type: 'byte', places: ['PUBLISH', 'WILL'], fault: oneOrZero },
  ],
  [0x02, { name: 'messageExpiryInterval', type: 'uint32', places: ['PUBLISH', 'WILL'] }],
  [0x03, { name: 'contentType', type: 'text', places: ['PUBLISH', 'WILL'] }],
  [0x08, { name: 'responseTopic', type: 'text', places: ['PUBLISH', 'WILL'] }],
  [0x09, { name: 'correlationData', type: 'binary', places: ['PUBLISH', 'WILL'] }],
  // A value of 0 is a protocol error: sections 3.3.2.3.8 and 3.8.2.1.2
  [
    0x0b,
    {
      name: 'subscriptionIdentifier',
      type: 'varint',
      places: ['PUBLISH', 'SUBSCRIBE'],
      fault: notZero,
    },
  ],
  [
    0x11,
    { name: 'sessionExpiryInterval', type: 'uint32', places: ['CONNECT', 'CONNACK', 'DISCONNECT'] },
  ],
  [0x12, { name: 'assignedClientIdentifier', type: 'text', places: ['CONNACK'] }],
  [0x13, { name: 'serverKeepAlive', type: 'uint16', places: ['CONNACK'] }],
  [0x15, { name: 'authenticationMethod', type: 'text', places: ['CONNECT', 'CONNACK', 'AUTH'] }],
  [0x16, { name: 'authenticationData', type: 'binary', places: ['CONNECT', 'CONNACK', 'AUTH'] }],
  [
    0x17,
    { name: 'requestProblemInformation', type: 'byte', places: ['CONNECT'], fault: oneOrZero },
  ],
  [0x18, { name: 'willDelayInterval', type: 'uint32', places: ['WILL'] }],
  [
    0x19,
    { name: 'requestResponseInformation', type: 'byte', places: ['CONNECT'], fault: oneOrZero },
  ],
  [0x1a, { name: 'responseInformation', type: 'text', places: ['CONNACK'] }],
  [0x1c, { name: 'serverReference', type: 'text', places: ['CONNACK', 'DISCONNECT'] }],
  [
    0x1f,
    {
      name: 'reasonString',
      type: 'text',
      places: ['CONNACK', ...ACKNOWLEDGEMENTS, 'DISCONNECT', 'AUTH'],
    },
  ],
  [
    0x21,
    { name: 'receiveMaximum', type: 'uint16', places: ['CONNECT', 'CONNACK'], fault: notZero },
  ],
  [0x22, { name: 'topicAliasMaximum', type: 'uint16', places: ['CONNECT', 'CONNACK'] }],
  // [MQTT-3.3.2-8]
  [
    0x23,
    {
      name: 'topicAlias',
      type: 'uint16',
      places: ['PUBLISH'],
      fault: (value) => (value === 0 ? 'topic-alias-zero' : null),
    },
  ],
  [0x24, { name: 'maximumQoS', type: 'byte', places: ['CONNACK'], fault: oneOrZero }],
  [0x25, { name: 'retainAvailable', type: 'byte', places: ['CONNACK'], fault: oneOrZero }],
  [
    0x26,
    {
      name: 'userProperties',
      type: 'pair',
      places: [
        'CONNECT',
        'CONNACK',
        'PUBLISH',
        'WILL',
        ...ACKNOWLEDGEMENTS,
        'SUBSCRIBE',
        'UNSUBSCRIBE',
        'DISCONNECT',
        'AUTH',
      ],
    },
  ],
  [
    0x27,
    { name: 'maximumPacketSize', type: 'uint32', places: ['CONNECT', 'CONNACK'], fault: notZero },
  ],
  [
    0x28,
    { name: 'wildcardSubscriptionAvailable', type: 'byte', places: ['CONNACK'], fault: oneOrZero },
  ],
  [
    0x29,
    {
      name: 'subscriptionIdentifierAvailable',
      type: 'byte',
      places: ['CONNACK'],
      fault: oneOrZero,
    },
  ],
  [
    0x2a,
    { name: 'sharedSubscriptionAvailable', type: 'byte', places: ['CONNACK'], fault: oneOrZero },
  ],
]);

/** Reads a property length and its properties; undefined if there are none. */
export function readProperties(reader: Reader, place: PropertyPlace): Properties | undefined {
  const prefix = place === 'WILL' ? 'will.' : '';
  const length = reader.varint(`${prefix}propertyLength`);
  if (length > reader.left) reader.fail('truncated');
  if (length === 0 || reader.failed) return undefined;
  const outerEnd = reader.end;
  reader.end = reader.at + length;
  const properties: Properties = {};
  while (reader.left > 0)
    if (!readPlainPair(reader, place, properties)) readProperty(reader, place, prefix, properties);
  reader.end = outerEnd;
  // A failed reader stands at the end of whatever it was reading; from here that is the packet.
  if (reader.failed) reader.at = outerEnd;
  return properties;
}

const userProperty = 0x26;
const placesOfPairs: ReadonlySet<PropertyPlace> = new Set(propertyShapes.get(userProperty)!.places);

/** A user property whose fields nobody wants: a PUBLISH of 64 KB may have nine thousand. */
function readPlainPair(reader: Reader, place: PropertyPlace, properties: Properties): boolean {
  if (reader.fields !== null || reader.bytes[reader.at] !== userProperty) return false;
  if (!placesOfPairs.has(place)) return false;
  reader.at++;
  (properties.userProperties ??= []).push([reader.text(null), reader.text(null)]);
  return true;
}

function readProperty(
  reader: Reader,
  place: PropertyPlace,
  prefix: string,
  properties: Properties,
): void {
  // The identifier is a variable byte integer; every defined identifier fits one byte.
  const start = reader.at;
  const identifier = reader.varint('propertyIdentifier');
  if (reader.failed) return;
  const shape = propertyShapes.get(identifier);
  if (shape === undefined) return refuse(reader, start, 'property-unknown');
  if (!shape.places.includes(place)) return refuse(reader, start, 'property-not-allowed');
  const { name, type } = shape;
  // Only user properties repeat, and in PUBLISH to a client subscription identifiers
  // ([MQTT-3.3.4-4]); the gate refuses those from a client ([MQTT-3.3.4-6]).
  const repeats = type === 'pair' || (type === 'varint' && place === 'PUBLISH');
  if (!repeats && name in properties) return refuse(reader, start, 'property-twice');
  store(properties, name, readValue(reader, type, `${prefix}property.${name}`));
  const fault = faultOf(shape, properties);
  if (fault !== null && !reader.failed) refuse(reader, start, fault);
}

/** Fails and removes the fields noted for this property: it becomes part of `unreadable`. */
function refuse(reader: Reader, start: number, rule: RuleId): void {
  const { fields } = reader;
  while (fields !== null && (fields.at(-1)?.start ?? -1) >= start) fields.pop();
  reader.fail(rule);
}

type Value = number | string | Uint8Array | [name: string, value: string];

function readValue(reader: Reader, type: PropertyShape['type'], name: string): Value {
  if (type !== 'pair') return reader[type](name);
  return [reader.text(`${name}.name`), reader.text(`${name}.value`)];
}

function store(properties: Properties, name: keyof Properties, value: Value): void {
  if (name === 'userProperties') {
    (properties.userProperties ??= []).push(value as [string, string]);
  } else if (name === 'subscriptionIdentifier') {
    (properties.subscriptionIdentifier ??= []).push(value as number);
  } else {
    Object.assign(properties, { [name]: value });
  }
}

function faultOf({ name, fault }: PropertyShape, properties: Properties): RuleId | null {
  // [MQTT-3.3.2-14]
  if (name === 'responseTopic' && hasWildcard(properties.responseTopic ?? '')) {
    return 'response-topic-wildcard';
  }
  const value = properties[name];
  if (fault === undefined) return null;
  return fault((Array.isArray(value) ? value.at(-1) : value) as number);
}
