/** PUBLISH packets to clients. Fan-out is the broker's hottest path: bytes that can be shared are. */
import { Buffer } from 'buffer';
import { encodeVarint, varintSize, writeVarint } from '../../mqtt/varint.ts';
import type { MqttVersion } from '../../protocol/mqtt.ts';
import { partsOf, propertiesOf, type Delivery, type Message } from './message.ts';

export interface PublishOptions {
  version: MqttVersion;
  dup: boolean;
  /** 1 … 65535; ignored at QoS 0. */
  packetId: number;
  /** 5.0: alias to send. */
  alias?: number;
  /** 5.0: the client knows the alias, so the topic stays empty. */
  aliasOnly?: boolean;
}

export function publishFrame(delivery: Delivery, options: PublishOptions): Buffer {
  const { message, qos, retain, identifiers } = delivery;
  const five = options.version === 5;
  const parts = partsOf(message);
  const plain =
    qos === 0 &&
    !(five && (identifiers.length > 0 || message.expiresAt !== undefined || options.alias));
  const key = (five ? 2 : 0) | (retain ? 1 : 0);
  if (plain && parts.frame && parts.key === key) return parts.frame;

  const properties = five ? allProperties(message, identifiers, options.alias) : null;
  const topic = options.aliasOnly ? NO_TOPIC : parts.topic;
  const length =
    topic.length + (qos > 0 ? 2 : 0) + (properties?.length ?? 0) + message.payload.length;
  const frame = Buffer.allocUnsafe(1 + varintSize(length) + length);
  frame[0] = 0x30 | (options.dup ? 8 : 0) | (qos << 1) | (retain ? 1 : 0);
  let at = writeVarint(frame, 1, length);
  at += topic.copy(frame, at);
  if (qos > 0) at = frame.writeUInt16BE(options.packetId, at);
  if (properties) at += properties.copy(frame, at);
  frame.set(message.payload, at);
  if (plain) Object.assign(parts, { frame, key });
  return frame;
}

const NO_TOPIC = Buffer.from([0, 0]);

function allProperties(message: Message, identifiers: number[], alias: number | undefined): Buffer {
  const own: Uint8Array[] = [];
  if (message.expiresAt !== undefined) {
    // [MQTT-3.3.2-6] The remaining interval, not the received one.
    const left = Math.max(1, Math.ceil((message.expiresAt - Date.now()) / 1000));
    own.push(Buffer.from([0x02, left >>> 24, left >>> 16, left >>> 8, left]));
  }
  // [MQTT-3.3.4-3] and [MQTT-3.3.4-4]: every identifier of the subscriptions that match.
  for (const identifier of identifiers) own.push(Buffer.from([0x0b]), encodeVarint(identifier));
  if (alias) own.push(Buffer.from([0x23, alias >>> 8, alias]));
  own.push(propertiesOf(message));
  const length = own.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([encodeVarint(length), ...own]);
}
