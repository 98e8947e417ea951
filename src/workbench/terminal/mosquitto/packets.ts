/** Packets as libmosquitto makes them, and the lines that `-d` prints of them (lib/send_*.c, 2.0.11). */
import { Buffer } from 'buffer';
import type { Packet } from 'mqtt-packet';
import type { QoS } from '../../../../sandbox/protocol/mqtt.ts';
import { writtenProperties } from './codec.ts';
import type { PropertyList } from './properties.ts';

export interface ClientOptions {
  /** What the log calls a client without an identifier. */
  nameless: string;
  namelessConnack: string;
  /** Absent: made up for 3.1, empty for 3.1.1, given by the broker in 5.0. */
  id?: string;
  version: 3 | 4 | 5;
  clean: boolean;
  /** Seconds. */
  keepAlive: number;
  userName?: string;
  password?: string;
  will?: { topic: string; payload: string; qos: QoS; retain: boolean; properties: PropertyList };
  properties: PropertyList;
  maxInflight: number;
  /** The defaults of CONNECT of 5.0. */
  receiveMaximum: number;
}

const letters = 'abcdefghijklmnopqrstuvwyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const pick = (byte: number): string => letters[(byte & 0x7f) % letters.length]!;
/** MQTT 3.1 has no empty client id. */
export const randomId = (): string =>
  `mosq-${Array.from(crypto.getRandomValues(new Uint8Array(18)), pick).join('')}`;

export const withProperties = (list: PropertyList): { properties?: Record<string, unknown> } => {
  const properties = writtenProperties(list);
  return properties ? { properties } : {};
};

export function connectPacket(options: ClientOptions, id: string): Packet {
  const { version, clean, keepAlive, userName, password, will } = options;
  const properties = [...options.properties];
  if (version === 5 && !properties.some(({ name }) => name === 'receive-maximum')) {
    properties.push({ name: 'receive-maximum', value: options.receiveMaximum });
  }
  return {
    cmd: 'connect',
    protocolId: version === 3 ? 'MQIsdp' : 'MQTT',
    protocolVersion: version,
    clean,
    clientId: id,
    keepalive: keepAlive,
    ...(userName !== undefined && { username: userName }),
    ...(password !== undefined && { password: Buffer.from(password) }),
    ...(will && {
      will: {
        topic: will.topic,
        payload: Buffer.from(will.payload),
        qos: will.qos,
        retain: will.retain,
        ...withProperties(will.properties),
      },
    }),
    ...(version === 5 && withProperties(properties)),
  };
}

export interface SubscribeOptions {
  retainHandling?: 0 | 1 | 2;
  retainAsPublished?: boolean;
}
/** The options are those of 5.0 (section 3.8.3.1); `bits` is how `-d` shows them. */
export function subscribePacket(
  version: number,
  messageId: number,
  filters: readonly string[],
  qos: QoS,
  options: SubscribeOptions,
  properties: PropertyList,
): { packet: Packet; bits: string } {
  const { retainHandling = 0, retainAsPublished = false } = options;
  const five = version === 5;
  const subscriptions = filters.map((topic) => ({
    topic,
    qos,
    ...(five && { nl: false, rap: retainAsPublished, rh: retainHandling }),
  }));
  const bits = five ? (retainHandling << 4) | (retainAsPublished ? 8 : 0) : 0;
  return {
    packet: { cmd: 'subscribe', messageId, subscriptions, ...withProperties(properties) },
    bits: `0x${bits.toString(16).padStart(2, '0')}`,
  };
}

export interface Published {
  dup: boolean;
  qos: QoS;
  retain: boolean;
  mid: number;
  topic: string;
  size: number;
}
export const publishWords = ({ dup, qos, retain, mid, topic, size }: Published): string =>
  `PUBLISH (d${Number(dup)}, q${qos}, r${Number(retain)}, m${mid}, '${topic || '(null)'}', ... (${size} bytes))`;
