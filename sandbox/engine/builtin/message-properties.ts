/** The properties of a PUBLISH that go with the message (MQTT 5.0, section 3.3.2.3), and their bytes. */
import { Buffer } from 'buffer';

export interface MessageProperties {
  payloadFormatIndicator?: boolean;
  contentType?: string;
  responseTopic?: string;
  correlationData?: Uint8Array;
  /** In the order in which they came ([MQTT-3.3.2-18]). */
  userProperties?: [name: string, value: string][];
}

/** [MQTT-3.3.2-4], -15, -16, -17, -18, -20: passed on unaltered, user properties in their order. */
export function encodeProperties(properties: MessageProperties): Buffer {
  const parts: Buffer[] = [];
  const put = (id: number, value: Buffer): void => void parts.push(Buffer.from([id]), value);
  const { payloadFormatIndicator, contentType, responseTopic, correlationData } = properties;
  if (payloadFormatIndicator !== undefined) {
    put(0x01, Buffer.from([payloadFormatIndicator ? 1 : 0]));
  }
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
