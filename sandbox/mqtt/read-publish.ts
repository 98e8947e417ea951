/** PUBLISH (section 3.3): the packet that comes a thousand times as often as all others. */
import type { Direction, MqttVersion, PublishPacket, QoS } from '../protocol/mqtt.ts';
import { readProperties } from './properties.ts';
import type { Reader } from './reader.ts';
import { violation, type RuleId, type Violation } from './rules/index.ts';
import { hasWildcard } from './topic-syntax.ts';
import { asciiText, decodeUtf8 } from './utf8.ts';

/**
 * A valid PUBLISH with a short ASCII topic and no properties, in one pass; null for any other,
 * which `readPublish` then judges.
 */
export function fastPublish(frame: Uint8Array, version: MqttVersion): PublishPacket | null {
  const first = frame[0] as number;
  const qos = (first >> 1) & 3;
  const length = frame.length;
  if (qos === 3 || (qos === 0 && first & 0x08) || length < 5 || length > 2 ** 14) return null;
  // A remaining length of one byte, or of two bytes in their shortest form.
  let at = (frame[1] as number) < 0x80 ? 2 : 3;
  if (at === 3 && (frame[2] as number) === 0) return null;
  const topicLength = ((frame[at] as number) << 8) | (frame[at + 1] as number);
  at += 2;
  const topicEnd = at + topicLength;
  if (topicLength === 0 || topicEnd > length) return null;
  const topic = asciiText(frame, at, topicEnd);
  if (topic === null || hasWildcard(topic)) return null;
  at = topicEnd;
  let packetId = 0;
  if (qos > 0) {
    if (at + 2 > length) return null;
    packetId = ((frame[at] as number) << 8) | (frame[at + 1] as number);
    if (packetId === 0) return null;
    at += 2;
  }
  if (version === 5) {
    if (at >= length || frame[at] !== 0) return null;
    at++;
  }
  const packet: PublishPacket = {
    kind: 'PUBLISH',
    version,
    length,
    topic,
    payload: frame.subarray(at),
    qos: qos as QoS,
    dup: (first & 0x08) !== 0,
    retain: (first & 0x01) !== 0,
  };
  if (qos > 0) packet.packetId = packetId;
  return packet;
}

/** Reads all after the fixed header. */
export function readPublish(reader: Reader, direction: Direction): PublishPacket {
  const { bytes, version } = reader;
  const first = bytes[0] as number;
  const qos = ((first >> 1) & 3) as QoS;
  const dup = (first & 0x08) !== 0;
  if ((qos as number) === 3) reader.fail('qos-3'); // [MQTT-3.3.1-4]
  if (qos === 0 && dup) reader.fail('dup-at-qos-0'); // [MQTT-3.3.1-2]
  const topic = reader.text('topic'); // [MQTT-3.3.2-1]
  if (hasWildcard(topic)) reader.fail('topic-wildcard'); // [MQTT-3.3.2-2]
  // [MQTT-4.7.3-1]; in 5.0 a topic alias may stand for the topic, seen below
  if (topic === '' && version !== 5) reader.fail('topic-empty');
  let packetId: number | undefined;
  if (qos > 0) {
    packetId = reader.uint16('packetId');
    // 3.1.1 [MQTT-2.3.1-1], 5.0 [MQTT-2.2.1-3]
    if (packetId === 0) reader.fail('packet-id-zero');
  }
  const properties = version === 5 ? readProperties(reader, 'PUBLISH') : undefined;
  // Section 3.3.2.1: an empty topic and no alias is a protocol error
  if (topic === '' && properties?.topicAlias === undefined) reader.fail('topic-empty');
  // [MQTT-3.3.4-6]
  if (direction === 'to-broker' && properties?.subscriptionIdentifier !== undefined) {
    reader.fail('subscription-identifier-from-client');
  }
  const payload = reader.rest('payload');
  const packet: PublishPacket = {
    kind: 'PUBLISH',
    version,
    length: bytes.length,
    topic,
    payload,
    qos,
    dup,
    retain: (first & 0x01) !== 0,
  };
  if (packetId !== undefined) packet.packetId = packetId;
  if (properties !== undefined) packet.properties = properties;
  return packet;
}

/**
 * Section 3.3.2.3.2: a receiver MAY check that a payload marked as text is UTF-8. Only what comes
 * from a client is checked: the broker forwards what it has accepted.
 */
export function payloadFault({ payload, properties, version }: PublishPacket): Violation | null {
  if (properties?.payloadFormatIndicator !== 1 || decodeUtf8(payload) !== null) return null;
  const rule: RuleId = 'payload-not-utf8';
  return violation(rule, version);
}
