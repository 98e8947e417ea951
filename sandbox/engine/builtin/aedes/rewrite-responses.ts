/** Packets that aedes writes to a client, corrected where it says less or other than it should. */
import { Buffer } from 'buffer';
import mqttPacket from 'mqtt-packet';
import { encodeSuback } from '../../../mqtt/encode.ts';
import { headerLength } from '../../../mqtt/varint.ts';
import type { MqttVersion, QoS } from '../../../protocol/mqtt.ts';

export interface Granted {
  sessionPresent: boolean;
  /** Instead of the code that aedes wrote; only where that is a refusal. */
  refusal?: number | undefined;
  /** Where the client had none of its own. */
  assignedId?: string | undefined;
  maxQoS: QoS;
  retainAvailable: boolean;
}

export function correctConnack(frame: Buffer, version: MqttVersion, granted: Granted): Uint8Array {
  if (version < 5) return olderConnack(frame, version, granted);
  const packet = decodeConnack(frame);
  const properties = { ...packet.properties };
  // aedes says that shared subscriptions are not available; absent means that they are.
  delete properties.sharedSubscriptionAvailable;
  if (packet.reasonCode === 0) {
    packet.sessionPresent = granted.sessionPresent; // 5.0 [MQTT-3.2.2-2], [MQTT-3.2.2-3]
    // [MQTT-3.2.2-16]
    if (granted.assignedId) properties.assignedClientIdentifier = granted.assignedId;
    // Section 3.2.2.3.5; what follows from it is [MQTT-3.2.2-14].
    if (!granted.retainAvailable) properties.retainAvailable = false;
  } else if (granted.refusal) packet.reasonCode = granted.refusal;
  // [MQTT-3.2.2-9] Named only where it is not 2; a refusal says it too, as Mosquitto's does.
  if (granted.maxQoS < 2) properties.maximumQoS = granted.maxQoS;
  // Section 3.2.2.3.3: absent means 65,535.
  if (properties.receiveMaximum === 65_535) delete properties.receiveMaximum;
  return mqttPacket.generate({ ...packet, properties } as mqttPacket.Packet, {
    protocolVersion: 5,
  });
}

function olderConnack(frame: Buffer, version: MqttVersion, granted: Granted): Buffer {
  const code = frame[3]!;
  // 3.1.1 [MQTT-3.2.2-2]; in 3.1 the byte is reserved.
  if (code === 0) frame[2] = granted.sessionPresent && version === 4 ? 1 : 0;
  return frame;
}

function decodeConnack(frame: Buffer): mqttPacket.IConnackPacket {
  const parser = mqttPacket.parser({ protocolVersion: 5 });
  let packet: mqttPacket.IConnackPacket | undefined;
  parser.on('packet', (parsed: mqttPacket.Packet) => {
    if (parsed.cmd === 'connack') packet = parsed;
  });
  parser.parse(frame);
  return packet!;
}

/** SUBACK with one code for each filter of the SUBSCRIBE, in its order (5.0 [MQTT-3.8.4-6], [MQTT-3.9.3-1]). */
export function correctSuback(frame: Buffer, version: MqttVersion, codes: number[]): Uint8Array {
  return encodeSuback(version, packetIdOf(frame), codes);
}

/** UNSUBACK; before 5.0 it has no codes, in 5.0 one for each filter ([MQTT-3.11.3-1]). */
export function correctUnsuback(frame: Buffer, version: MqttVersion, codes: number[]): Uint8Array {
  if (version < 5) return frame;
  const copy = Buffer.from(encodeSuback(5, packetIdOf(frame), codes));
  copy[0] = 0xb0;
  return copy;
}

function packetIdOf(frame: Uint8Array): number {
  const at = headerLength(frame);
  return (frame[at]! << 8) | frame[at + 1]!;
}
