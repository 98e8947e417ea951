/** The few packets that the sandbox itself says to a client, as bytes. */
import type { MqttVersion } from '../protocol/mqtt.ts';

/** What the sandbox may want to say in CONNACK or DISCONNECT (5.0). */
export interface SpokenProperties {
  reasonString?: string;
}

const encoder = new TextEncoder();
const REASON_STRING = 0x1f;

/** CONNACK without a session. `code`: return code before 5.0 (section 3.2.2.3), reason code in 5.0. */
export function encodeConnack(
  version: MqttVersion,
  code: number,
  properties: SpokenProperties = {},
): Uint8Array {
  if (version < 5) return Uint8Array.of(0x20, 2, 0, code);
  return frame(0x20, [0, code, ...encodeProperties(properties)]);
}

/** DISCONNECT of a 5.0 server (section 3.14); earlier servers have none. */
export function encodeDisconnect(code: number, reasonString?: string): Uint8Array {
  if (reasonString === undefined) return Uint8Array.of(0xe0, 1, code);
  return frame(0xe0, [code, ...encodeProperties({ reasonString })]);
}

type EncodeAcknowledgement = (
  version: MqttVersion,
  packetId: number,
  code?: number,
  reasonString?: string,
) => Uint8Array;

/** An acknowledgement; before 5.0 it has no code, and a code of 0 is left out (section 3.4.2.1). */
const acknowledgement =
  (first: number): EncodeAcknowledgement =>
  (version, packetId, code = 0, reasonString) => {
    const [high, low] = [packetId >> 8, packetId & 0xff];
    if (version < 5 || code === 0) return Uint8Array.of(first, 2, high, low);
    if (reasonString === undefined) return Uint8Array.of(first, 3, high, low, code);
    return frame(first, [high, low, code, ...encodeProperties({ reasonString })]);
  };

export const encodePuback = acknowledgement(0x40);
export const encodePubrec = acknowledgement(0x50);
export const encodePubrel = acknowledgement(0x62);
export const encodePubcomp = acknowledgement(0x70);

/** A SUBACK with one code for each filter (sections 3.9.3). */
export function encodeSuback(
  version: MqttVersion,
  packetId: number,
  codes: readonly number[],
): Uint8Array {
  const id = [packetId >> 8, packetId & 0xff];
  return frame(0x90, version === 5 ? [...id, 0, ...codes] : [...id, ...codes]);
}

export const encodePingresp = (): Uint8Array => Uint8Array.of(0xd0, 0);

/** Bytes of a variable byte integer, 0 … 268,435,455 (5.0 section 1.5.5). */
export function encodeVarint(value: number): number[] {
  const bytes: number[] = [];
  let left = value;
  do {
    const low = left & 0x7f;
    left >>>= 7;
    bytes.push(left > 0 ? low | 0x80 : low);
  } while (left > 0);
  return bytes;
}

function encodeProperties({ reasonString }: SpokenProperties): number[] {
  if (reasonString === undefined) return [0];
  const text = encoder.encode(reasonString);
  const property = [REASON_STRING, text.length >> 8, text.length & 0xff, ...text];
  return [...encodeVarint(property.length), ...property];
}

const frame = (first: number, body: readonly number[]): Uint8Array =>
  Uint8Array.from([first, ...encodeVarint(body.length), ...body]);
