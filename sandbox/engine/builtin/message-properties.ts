/** The properties of a PUBLISH that go with the message (MQTT 5.0, section 3.3.2.3), and their bytes. */
import { Buffer } from 'buffer';
import type { Properties } from '../../protocol/mqtt.ts';

const FORWARDED = [
  'payloadFormatIndicator',
  'contentType',
  'responseTopic',
  'correlationData',
  'userProperties',
] as const;

export type MessageProperties = Pick<Properties, (typeof FORWARDED)[number]>;

/** Without a topic alias, the message expiry interval and a will's delay: those are for the broker. */
export function forwarded(properties: Properties): MessageProperties {
  const names = FORWARDED.filter((name) => properties[name] !== undefined);
  return Object.fromEntries(names.map((name) => [name, properties[name]]));
}

/** [MQTT-3.3.2-4], -15, -16, -17, -18, -20: passed on unaltered, user properties in their order. */
export function encodeProperties(properties: MessageProperties): Buffer {
  const parts: Buffer[] = [];
  const put = (id: number, value: Buffer): void => void parts.push(Buffer.from([id]), value);
  const { payloadFormatIndicator, contentType, responseTopic, correlationData } = properties;
  if (payloadFormatIndicator !== undefined) put(0x01, Buffer.from([payloadFormatIndicator]));
  if (contentType !== undefined) put(0x03, encodeText(contentType));
  if (responseTopic !== undefined) put(0x08, encodeText(responseTopic));
  if (correlationData !== undefined) put(0x09, binary(correlationData));
  for (const [name, value] of properties.userProperties ?? []) {
    put(0x26, Buffer.concat([encodeText(name), encodeText(value)]));
  }
  return Buffer.concat(parts);
}

/** Section 1.5.4: two bytes of length, then UTF-8. */
export function encodeText(value: string): Buffer {
  return binary(Buffer.from(value, 'utf8'));
}

function binary(value: Uint8Array): Buffer {
  const out = Buffer.allocUnsafe(2 + value.length);
  out.writeUInt16BE(value.length, 0);
  out.set(value, 2);
  return out;
}
