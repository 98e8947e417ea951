/** From aedes' packets to messages. */
import { Buffer } from 'buffer';
import type { Message, MessageProperties } from '../message.ts';
import type { QoS } from '../../../protocol/mqtt.ts';

/** The fields of aedes-packet's Packet, and of a will, that a message is made of. */
export interface AedesMessage {
  topic: string;
  payload: Uint8Array | string;
  qos?: number;
  retain?: boolean;
  clientId?: string;
  /** Date.now() at which it expires, where aedes has reckoned it; a PUBLISH has the interval. */
  messageExpiry?: number;
  properties?: AedesProperties;
}
export interface AedesProperties {
  /** Seconds. */
  messageExpiryInterval?: number;
  payloadFormatIndicator?: boolean;
  contentType?: string;
  responseTopic?: string;
  correlationData?: Uint8Array;
  /** As mqtt-packet gathers them, or as pairs in their order. */
  userProperties?: Record<string, string | string[]> | [name: string, value: string][];
}

export function messageOf(packet: AedesMessage): Message {
  const { payload, properties } = packet;
  const message: Message = {
    topic: packet.topic,
    payload: typeof payload === 'string' ? Buffer.from(payload) : payload,
    qos: (packet.qos ?? 0) as QoS,
    retain: packet.retain === true,
  };
  if (packet.clientId !== undefined) message.publisher = packet.clientId;
  const interval = properties?.messageExpiryInterval;
  if (packet.messageExpiry !== undefined) message.expiresAt = packet.messageExpiry;
  else if (interval) message.expiresAt = Date.now() + interval * 1000;
  if (properties) message.properties = passedOn(properties);
  return message;
}

/** Only what belongs to the message: no alias, no subscription identifier, no will delay. */
function passedOn(given: AedesProperties): MessageProperties {
  const properties: MessageProperties = {};
  const { payloadFormatIndicator, contentType, responseTopic, correlationData } = given;
  if (payloadFormatIndicator !== undefined) {
    properties.payloadFormatIndicator = payloadFormatIndicator;
  }
  if (contentType !== undefined) properties.contentType = contentType;
  if (responseTopic !== undefined) properties.responseTopic = responseTopic;
  if (correlationData !== undefined) properties.correlationData = correlationData;
  const pairs = given.userProperties;
  if (pairs) properties.userProperties = Array.isArray(pairs) ? pairs : pairsOf(pairs);
  return properties;
}

function pairsOf(gathered: Record<string, string | string[]>): [string, string][] {
  return Object.entries(gathered).flatMap(([name, values]) =>
    [values].flat().map((value): [string, string] => [name, value]),
  );
}
