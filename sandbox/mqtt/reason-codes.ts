/** Which reason codes each packet may carry (MQTT 5.0 section 2.4; 3.1.1 tables 3.1 and 3.8). */
import type { MqttVersion, PacketKind } from '../protocol/mqtt.ts';

const PUBACK = [0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99];

const V5: Partial<Record<PacketKind, readonly number[]>> = {
  // Table 3-1
  CONNACK: [
    0x00, 0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0x8a, 0x8c, 0x90, 0x95, 0x97,
    0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9f,
  ],
  PUBACK, // [MQTT-3.4.2-1]
  PUBREC: PUBACK, // [MQTT-3.5.2-1]
  PUBREL: [0x00, 0x92], // [MQTT-3.6.2-1]
  PUBCOMP: [0x00, 0x92], // [MQTT-3.7.2-1]
  SUBACK: [0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8f, 0x91, 0x97, 0x9e, 0xa1, 0xa2], // [MQTT-3.9.3-2]
  UNSUBACK: [0x00, 0x11, 0x80, 0x83, 0x87, 0x8f, 0x91], // [MQTT-3.11.3-2]
  // [MQTT-3.14.2-1]; 0x8C is not in the table and stands in section 4.12
  DISCONNECT: [
    0x00, 0x04, 0x80, 0x81, 0x82, 0x83, 0x87, 0x89, 0x8b, 0x8c, 0x8d, 0x8e, 0x8f, 0x90, 0x93, 0x94,
    0x95, 0x96, 0x97, 0x98, 0x99, 0x9a, 0x9b, 0x9c, 0x9d, 0x9e, 0x9f, 0xa0, 0xa1, 0xa2,
  ],
  AUTH: [0x00, 0x18, 0x19], // [MQTT-3.15.2-1]
};
const V4: Partial<Record<PacketKind, readonly number[]>> = {
  CONNACK: [0, 1, 2, 3, 4, 5],
  SUBACK: [0x00, 0x01, 0x02, 0x80], // [MQTT-3.9.3-2]
};

/** The codes that a packet of this kind may carry, lowest first; empty if it has none. */
export const reasonCodesOf = (kind: PacketKind, version: MqttVersion): readonly number[] =>
  (version === 5 ? V5 : V4)[kind] ?? [];

/**
 * Key of the language files for a code's name: `reason.<group>.<code>` with two lower-case
 * hexadecimal digits. Groups: `return` (3.1.1 CONNACK), `subscribe` (granted QoS and failure in
 * SUBACK), `disconnect` (0x00 and 0x04), `code` for the rest.
 */
export function reasonKey(kind: PacketKind, version: MqttVersion, code: number): string {
  const digits = code.toString(16).padStart(2, '0');
  return `reason.${groupOf(kind, version, code)}.${digits}`;
}

function groupOf(kind: PacketKind, version: MqttVersion, code: number): string {
  if (kind === 'CONNACK' && version < 5) return 'return';
  if (kind === 'SUBACK' && (code <= 2 || version < 5)) return 'subscribe';
  if (kind === 'DISCONNECT' && code <= 4) return 'disconnect';
  return 'code';
}
