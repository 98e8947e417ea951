/** SUBSCRIBE, UNSUBSCRIBE, SUBACK and UNSUBACK (sections 3.8 to 3.11). */
import type { QoS, SubackPacket, SubscribePacket, UnsubscribePacket } from '../protocol/mqtt.ts';
import { readProperties } from './properties.ts';
import type { Reader } from './reader.ts';
import { reasonCodesOf } from './reason-codes.ts';
import { filterFault, isShared } from './topic-syntax.ts';

type Subscription = SubscribePacket['subscriptions'][number];

export function readSubscribe(reader: Reader): SubscribePacket {
  const { bytes, version } = reader;
  const packetId = readPacketId(reader);
  const properties = version === 5 ? readProperties(reader, 'SUBSCRIBE') : undefined;
  // 3.1.1 [MQTT-3.8.3-3], 5.0 [MQTT-3.8.3-2]
  if (!reader.failed && reader.left === 0) reader.fail('subscribe-empty');
  const subscriptions: Subscription[] = [];
  while (reader.left > 0) subscriptions.push(readSubscription(reader));
  const packet: SubscribePacket = {
    kind: 'SUBSCRIBE',
    version,
    length: bytes.length,
    packetId,
    subscriptions,
  };
  if (properties !== undefined) packet.properties = properties;
  return packet;
}

function readSubscription(reader: Reader): Subscription {
  const filter = readFilter(reader);
  const at = reader.at;
  const options = reader.byte(null);
  if (reader.failed) return { filter, qos: 0 };
  const qos = (options & 3) as QoS;
  const five = reader.version === 5;
  reader.markBits('reserved', at, 7, five ? 6 : 2);
  if (five) {
    reader.markBits('retainHandling', at, 5, 4);
    reader.markBits('retainAsPublished', at, 3, 3, true);
    reader.markBits('noLocal', at, 2, 2, true);
  }
  reader.markBits('requestedQoS', at, 1, 0);
  // 3.1.1 [MQTT-3.8.3-4], 5.0 [MQTT-3.8.3-5]
  if (options & (five ? 0xc0 : 0xfc)) reader.fail('subscribe-reserved-bits');
  else if ((qos as number) === 3) reader.fail('subscribe-qos');
  if (!five) return { filter, qos };
  const retainHandling = ((options >> 4) & 3) as 0 | 1 | 2;
  if ((retainHandling as number) === 3) reader.fail('retain-handling-3'); // section 3.8.3.1
  const noLocal = (options & 0x04) !== 0;
  if (noLocal && isShared(filter)) reader.fail('share-no-local'); // 5.0 [MQTT-3.8.3-4]
  return { filter, qos, noLocal, retainAsPublished: (options & 0x08) !== 0, retainHandling };
}

export function readUnsubscribe(reader: Reader): UnsubscribePacket {
  const { bytes, version } = reader;
  const packetId = readPacketId(reader);
  const properties = version === 5 ? readProperties(reader, 'UNSUBSCRIBE') : undefined;
  if (!reader.failed && reader.left === 0) reader.fail('unsubscribe-empty'); // [MQTT-3.10.3-2]
  const filters: string[] = [];
  while (reader.left > 0) filters.push(readFilter(reader));
  const packet: UnsubscribePacket = {
    kind: 'UNSUBSCRIBE',
    version,
    length: bytes.length,
    packetId,
    filters,
  };
  if (properties !== undefined) packet.properties = properties;
  return packet;
}

/** SUBACK and UNSUBACK: a code for each filter; a 3.1.1 UNSUBACK has none. */
export function readSuback(reader: Reader, kind: 'SUBACK' | 'UNSUBACK'): SubackPacket {
  const { bytes, version } = reader;
  const packetId = readPacketId(reader);
  const properties = version === 5 ? readProperties(reader, kind) : undefined;
  const reasonCodes: number[] = [];
  if (kind === 'SUBACK' || version === 5) {
    if (reader.left === 0) reader.fail('truncated');
    const allowed = reasonCodesOf(kind, version);
    while (reader.left > 0) {
      const code = reader.byte(kind === 'SUBACK' && version < 5 ? 'returnCode' : 'reasonCode');
      if (!allowed.includes(code)) reader.fail('reason-code'); // [MQTT-3.9.3-2]
      reasonCodes.push(code);
    }
  }
  const packet: SubackPacket = { kind, version, length: bytes.length, packetId, reasonCodes };
  if (properties !== undefined) packet.properties = properties;
  return packet;
}

function readFilter(reader: Reader): string {
  const filter = reader.text('filter'); // [MQTT-3.8.3-1], [MQTT-3.10.3-1]
  if (reader.failed) return filter;
  // 3.1.1 knows no shared subscriptions, but Mosquitto and this broker have them there too, and a
  // `$share/…` that names no group would silently subscribe to something else.
  const fault = filterFault(filter, !reader.lenient);
  if (fault !== null) reader.fail(fault);
  return filter;
}

export function readPacketId(reader: Reader): number {
  const packetId = reader.uint16('packetId');
  // 3.1.1 [MQTT-2.3.1-1], 5.0 [MQTT-2.2.1-3]
  if (packetId === 0) reader.fail('packet-id-zero');
  return packetId;
}
