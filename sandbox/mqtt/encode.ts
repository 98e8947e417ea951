/** MQTT control packets that the sandbox itself sends to a client, as bytes. */
import type { MqttVersion, Properties } from '../protocol/mqtt.ts';
import { propertyShapes } from './properties.ts';
import { encodeVarint } from './varint.ts';

const encoder = new TextEncoder();
const shapes = new Map<string, readonly [id: number, type: string]>(
  [...propertyShapes].map(([id, { name, type }]) => [name, [id, type]]),
);

/** CONNACK. `code`: return code before 5.0 (section 3.2.2.3), reason code in 5.0. */
export function encodeConnack(
  version: MqttVersion,
  code: number,
  properties: Properties = {},
  sessionPresent = false,
): Uint8Array {
  const present = sessionPresent ? 1 : 0;
  if (version < 5) return Uint8Array.of(0x20, 2, present, code);
  return frame(0x20, [present, code, ...encodeProperties(properties)]);
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

/** SUBACK with one code for each filter, in the order of SUBSCRIBE (3.1.1 [MQTT-3.8.4-5], 5.0 [MQTT-3.8.4-6]). */
export function encodeSuback(
  version: MqttVersion,
  packetId: number,
  codes: readonly number[],
): Uint8Array {
  const id = uint16(packetId);
  return frame(0x90, version === 5 ? [...id, 0, ...codes] : [...id, ...codes]);
}

/** UNSUBACK; before 5.0 it has no codes, in 5.0 one for each filter ([MQTT-3.11.3-1]). */
export function encodeUnsuback(
  version: MqttVersion,
  packetId: number,
  codes: readonly number[],
): Uint8Array {
  const id = uint16(packetId);
  return frame(0xb0, version === 5 ? [...id, 0, ...codes] : id);
}

/** The length of the properties and the properties, in the order of their names in the object. */
function encodeProperties(properties: Properties): number[] {
  const bytes: number[] = [];
  for (const [name, value] of Object.entries(properties)) {
    const [id, type] = shapes.get(name)!;
    if (type === 'text') bytes.push(id, ...text(value as string));
    else if (type === 'byte') bytes.push(id, value as number);
    else if (type === 'uint16') bytes.push(id, ...uint16(value as number));
    else if (type === 'uint32') {
      bytes.push(id, ...uint16((value as number) >>> 16), ...uint16((value as number) & 0xffff));
    } else throw new TypeError(`no packet of the sandbox carries ${name}`);
  }
  return [...encodeVarint(bytes.length), ...bytes];
}

const uint16 = (value: number): number[] => [value >> 8, value & 0xff];

function text(value: string): number[] {
  const bytes = encoder.encode(value);
  return [...uint16(bytes.length), ...bytes];
}

const frame = (first: number, body: readonly number[]): Uint8Array =>
  Uint8Array.from([first, ...encodeVarint(body.length), ...body]);
