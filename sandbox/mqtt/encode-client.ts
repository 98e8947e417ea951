/** MQTT control packets that only a client sends, as bytes: of a broker's bridge. */
import type { MqttVersion, QoS } from '../protocol/mqtt.ts';
import { encodeVarint } from './varint.ts';

const encoder = new TextEncoder();

export interface ConnectFields {
  version: MqttVersion;
  /** Sets the highest bit of the level, as bridges before 5.0 do. */
  bridge: boolean;
  clientId: string;
  clean: boolean;
  /** Seconds. */
  keepAlive: number;
  will?: { topic: string; payload: string; qos: QoS; retain: boolean } | undefined;
  userName?: string | undefined;
  password?: string | undefined;
  /** 5.0. */
  receiveMaximum: number;
}

export function encodeConnect(fields: ConnectFields): Uint8Array {
  const { version, bridge, clientId, clean, keepAlive, will, userName, password } = fields;
  const flags =
    (userName === undefined ? 0 : 0x80) |
    (password === undefined ? 0 : 0x40) |
    (will ? (will.retain ? 0x20 : 0) | (will.qos << 3) | 0x04 : 0) |
    (clean ? 0x02 : 0);
  return frame(0x10, [
    ...text(version === 3 ? 'MQIsdp' : 'MQTT'),
    version | (bridge && version < 5 ? 0x80 : 0),
    flags,
    ...uint16(keepAlive),
    ...(version === 5 ? [3, 0x21, ...uint16(fields.receiveMaximum)] : []),
    ...text(clientId),
    ...(will ? [...(version === 5 ? [0] : []), ...text(will.topic), ...text(will.payload)] : []),
    ...(userName === undefined ? [] : text(userName)),
    ...(password === undefined ? [] : text(password)),
  ]);
}

/** @param options the QoS; in 5.0 the other subscription options too */
export const encodeSubscribe = (
  version: MqttVersion,
  packetId: number,
  filter: string,
  options: number,
): Uint8Array =>
  frame(0x82, [...uint16(packetId), ...(version === 5 ? [0] : []), ...text(filter), options]);

export const encodeUnsubscribe = (
  version: MqttVersion,
  packetId: number,
  filter: string,
): Uint8Array => frame(0xa2, [...uint16(packetId), ...(version === 5 ? [0] : []), ...text(filter)]);

/** A short PUBLISH without properties. */
export const encodePublish = (
  version: MqttVersion,
  { topic, payload, retain }: { topic: string; payload: string; retain: boolean },
  packetId: number,
): Uint8Array =>
  frame(0x32 | (retain ? 1 : 0), [
    ...text(topic),
    ...uint16(packetId),
    ...(version === 5 ? [0] : []),
    ...encoder.encode(payload),
  ]);

export const pingreq = Uint8Array.of(0xc0, 0);

const uint16 = (value: number): number[] => [value >> 8, value & 0xff];

function text(value: string): number[] {
  const bytes = encoder.encode(value);
  return [...uint16(bytes.length), ...bytes];
}

const frame = (first: number, body: readonly number[]): Uint8Array =>
  Uint8Array.from([first, ...encodeVarint(body.length), ...body]);
