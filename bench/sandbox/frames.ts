/** MQTT and WebSocket framing as lean as a load generator needs it: it must not be the bottleneck. */
import { generate } from 'mqtt-packet';
import type { QoS } from '../../sandbox/protocol/mqtt.ts';

/** Calls `take` with each whole MQTT packet; returns the bytes that are left. */
export function eachPacket(
  bytes: Buffer,
  take: (first: number, body: number, bytes: Buffer) => void,
): Buffer | null {
  let at = 0;
  while (at < bytes.length) {
    let length = 0;
    let i = at + 1;
    for (let shift = 0; ; shift += 7) {
      if (i >= bytes.length) return bytes.subarray(at);
      const byte = bytes[i++]!;
      length += (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (i + length > bytes.length) return bytes.subarray(at);
    take(bytes[at]!, i, bytes);
    at = i + length;
  }
  return null;
}

/** Calls `take` with the payload of each whole WebSocket frame from a server (never masked). */
export function eachWebSocketFrame(bytes: Buffer, take: (payload: Buffer) => void): Buffer | null {
  let at = 0;
  while (at + 2 <= bytes.length) {
    let length = bytes[at + 1]! & 0x7f;
    let body = at + 2;
    if (length === 126) {
      if (at + 4 > bytes.length) break;
      length = bytes.readUInt16BE(at + 2);
      body = at + 4;
    } else if (length === 127) {
      if (at + 10 > bytes.length) break;
      length = Number(bytes.readBigUInt64BE(at + 2));
      body = at + 10;
    }
    if (body + length > bytes.length) break;
    // Data only; no side closes or pings.
    if ((bytes[at]! & 0x0f) < 8) take(bytes.subarray(body, body + length));
    at = body + length;
  }
  return at === bytes.length ? null : bytes.subarray(at);
}

/** A binary frame masked with zeros: the server unmasks as ever, the client does nothing. */
export function webSocketFrame(payload: Buffer): Buffer {
  const { length } = payload;
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.alloc(2 + size + 4 + length);
  frame[0] = 0x82;
  frame[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127);
  if (size === 2) frame.writeUInt16BE(length, 2);
  if (size === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  payload.copy(frame, 6 + size);
  return frame;
}

const connect = { cmd: 'connect', clean: true, keepalive: 0 } as const;

export const connectPacket = (clientId: string, userName?: string): Buffer =>
  generate({ ...connect, clientId, ...(userName !== undefined && { username: userName }) });
export const subscribePacket = (topic: string, qos: QoS): Buffer =>
  generate({ cmd: 'subscribe', messageId: 1, subscriptions: [{ topic, qos }] });
/** Payload: 32 bytes, as a reading in JSON has them. */
export function publishPacket(topic: string, qos: QoS, messageId: number): Buffer {
  const packet = { cmd: 'publish', topic, qos, messageId, retain: false, dup: false } as const;
  return generate({ ...packet, payload: '{"celsius":21.5,"n":"0123456789"}' });
}
