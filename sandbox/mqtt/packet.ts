/** Frames to packets: strict, for MQTT 3.1, 3.1.1 and 5.0, both directions. */
import type { Direction, MqttVersion, Packet, PacketKind } from '../protocol/mqtt.ts';
import type { PacketEntry } from '../protocol/trace.ts';
import { readConnect } from './read-connect.ts';
import { fastPublish, payloadFault, readPublish } from './read-publish.ts';
import { readPacketId, readSuback, readSubscribe, readUnsubscribe } from './read-subscribe.ts';
import { readProperties } from './properties.ts';
import { Reader } from './reader.ts';
import { reasonCodesOf } from './reason-codes.ts';
import { isViolation, type Violation } from './rules/index.ts';

export { isViolation, type Violation } from './rules/index.ts';

/** By the upper four bits of the first byte; 0 is reserved. */
const KINDS: readonly (PacketKind | null)[] = [
  null,
  'CONNECT',
  'CONNACK',
  'PUBLISH',
  'PUBACK',
  'PUBREC',
  'PUBREL',
  'PUBCOMP',
  'SUBSCRIBE',
  'SUBACK',
  'UNSUBSCRIBE',
  'UNSUBACK',
  'PINGREQ',
  'PINGRESP',
  'DISCONNECT',
  'AUTH',
];

/** The kind of packet that a frame's first byte (0 … 255) announces; null for the reserved 0. */
export const kindOf = (firstByte: number): PacketKind | null => KINDS[firstByte >> 4] ?? null;

/**
 * Parses one whole frame from `FrameCutter` into a packet, or returns the rule that it breaks.
 * Never throws. Payloads and other binary values are views into `frame`. For CONNECT `version` is
 * ignored: the packet contains its own.
 */
export function parsePacket(
  frame: Uint8Array,
  version: MqttVersion,
  direction: Direction,
): Packet | Violation {
  if (kindOf(frame[0] ?? 0) === 'PUBLISH') {
    const packet = fastPublish(frame, version);
    if (packet !== null) return packet;
  }
  return readPacket(new Reader(frame, version, direction === 'to-client'), direction);
}

/** Parses a frame that has passed the gate: what a receiver MAY refuse is not checked again. */
export function parseAccepted(frame: Uint8Array, version: MqttVersion): Packet | Violation {
  return parsePacket(frame, version, 'to-client');
}

/** `parsePacket` on the caller's reader: `fieldsOf` passes a reader that notes fields. */
export function readPacket(reader: Reader, direction: Direction): Packet | Violation {
  const packet = readBody(reader, direction, readHeader(reader));
  if (!reader.failed && reader.left > 0) reader.fail('trailing-bytes');
  if (reader.failed) return reader.failed;
  if (packet?.kind === 'PUBLISH' && direction === 'to-broker') {
    return payloadFault(packet) ?? packet;
  }
  return packet as Packet;
}

function readHeader(reader: Reader): PacketKind | null {
  const first = reader.byte(null);
  const kind = kindOf(first);
  if (reader.failed) return null;
  reader.markBits('packetType', 0, 7, 4);
  if (kind === 'PUBLISH') {
    reader.markBits('dup', 0, 3, 3, true);
    reader.markBits('qos', 0, 2, 1);
    reader.markBits('retain', 0, 0, 0, true);
  } else {
    reader.markBits('headerFlags', 0, 3, 0);
  }
  const remaining = reader.varint('remainingLength');
  if (kind === null) reader.fail('reserved-type');
  else if (!flagsAllowed(kind, first & 0x0f, reader)) reader.fail('header-flags');
  else if (remaining > reader.left) reader.fail('truncated');
  else if (remaining < reader.left) reader.fail('trailing-bytes');
  return reader.failed ? null : kind;
}

/** 3.1.1 [MQTT-2.2.2-1] and -2, 5.0 [MQTT-2.1.3-1]; also [MQTT-3.6.1-1], [MQTT-3.8.1-1], … */
function flagsAllowed(kind: PacketKind, flags: number, reader: Reader): boolean {
  switch (kind) {
    case 'PUBLISH':
      return true;
    case 'PUBREL':
    case 'SUBSCRIBE':
    case 'UNSUBSCRIBE':
      // 3.1 sends these at QoS 1 and sets DUP when it sends them again (3.1, section 2.1)
      return flags === 0x02 || (reader.version === 3 && flags === 0x0a);
    case 'CONNECT':
      // 3.1 does not use them in CONNECT; the level stands behind the name, MQIsdp
      return flags === 0 || isMqisdp3(reader);
    default:
      return flags === 0;
  }
}

/** The level byte stands behind a protocol name of six bytes. */
const isMqisdp3 = ({ bytes, at }: Reader): boolean => bytes[at + 1] === 6 && bytes[at + 8] === 3;

function readBody(reader: Reader, direction: Direction, kind: PacketKind | null): Packet | null {
  const { version } = reader;
  const { length } = reader.bytes;
  switch (kind) {
    case null:
      return null;
    case 'CONNECT':
      return readConnect(reader);
    case 'CONNACK':
      return readConnack(reader);
    case 'PUBLISH':
      return readPublish(reader, direction);
    case 'PUBACK':
    case 'PUBREC':
    case 'PUBREL':
    case 'PUBCOMP': {
      const packetId = readPacketId(reader);
      return { kind, version, length, packetId, ...readReason(reader, kind) };
    }
    case 'SUBSCRIBE':
      return readSubscribe(reader);
    case 'UNSUBSCRIBE':
      return readUnsubscribe(reader);
    case 'SUBACK':
    case 'UNSUBACK':
      return readSuback(reader, kind);
    case 'PINGREQ':
    case 'PINGRESP':
      return { kind, version, length };
    case 'DISCONNECT':
      return { kind, version, length, ...readReason(reader, kind) };
    case 'AUTH':
      // A reserved packet type before 5.0
      if (version < 5) reader.fail('reserved-type');
      return { kind, version, length, ...readReason(reader, kind) };
  }
}

/**
 * The reason code and properties that end five kinds of packets: both may be left out in 5.0
 * (sections 3.4.2.1, 3.14.2.1), and neither exists before.
 */
function readReason(
  reader: Reader,
  kind: PacketKind,
): { reasonCode: number; properties?: NonNullable<ReturnType<typeof readProperties>> } {
  if (reader.version < 5 || reader.left === 0) return { reasonCode: 0 };
  const reasonCode = reader.byte('reasonCode');
  if (!reasonCodesOf(kind, 5).includes(reasonCode)) reader.fail('reason-code');
  const properties = reader.left > 0 ? readProperties(reader, kind) : undefined;
  return properties === undefined ? { reasonCode } : { reasonCode, properties };
}

function readConnack(reader: Reader): Packet {
  const { bytes, version } = reader;
  const at = reader.at;
  const flags = reader.byte(null);
  if (!reader.failed) {
    reader.markBits('reserved', at, 7, 1);
    reader.markBits('sessionPresent', at, 0, 0, true);
    // 5.0 [MQTT-3.2.2-1]; 3.1 does not use the byte at all
    if (flags & 0xfe && version !== 3) reader.fail('connack-flags');
  }
  const reasonCode = reader.byte(version === 5 ? 'reasonCode' : 'returnCode');
  if (!reasonCodesOf('CONNACK', version).includes(reasonCode)) reader.fail('reason-code');
  // The response to a 5.0 CONNECT may be a refusal in the form of 3.1.1: two bytes and no
  // properties
  const properties =
    version === 5 && reader.left > 0 ? readProperties(reader, 'CONNACK') : undefined;
  const packet: Packet = {
    kind: 'CONNACK',
    version,
    length: bytes.length,
    sessionPresent: (flags & 1) === 1,
    reasonCode,
  };
  if (properties !== undefined) packet.properties = properties;
  return packet;
}

const decoded = new WeakMap<PacketEntry, Packet>();

/**
 * The packet of a trace entry, decoded at first use and then remembered. Throws a TypeError on
 * bytes that are no packet: the trace keeps those apart, as `RefusedEntry`.
 */
export function packetOf(entry: PacketEntry): Packet {
  const known = decoded.get(entry);
  if (known !== undefined) return known;
  const packet = parsePacket(entry.bytes, entry.version, entry.direction);
  if (isViolation(packet)) throw new TypeError(`entry ${entry.n} breaks the rule ${packet.rule}`);
  decoded.set(entry, packet);
  return packet;
}
