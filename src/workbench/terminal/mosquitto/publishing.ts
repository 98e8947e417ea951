/** The checks of `mosquitto_publish_v5`, and its packet (lib/actions.c, 2.0.11). */
import { Buffer } from 'buffer';
import type { QoS } from '../../../../sandbox/protocol/mqtt.ts';
import { isTopic, isValidUtf8 } from './argument-checks.ts';
import { err } from './codes.ts';
import type { OutgoingPublish } from './outgoing.ts';
import { withProperties } from './packets.ts';
import type { PropertyList } from './properties.ts';

/** Absent: an alias is sent instead of the topic (MQTT 5.0, 3.3.2.3.4). */
export interface Publish {
  topic?: string;
  payload: Uint8Array;
  qos: QoS;
  retain: boolean;
  properties?: PropertyList;
}
/** The capabilities in the broker's CONNACK (MQTT 5.0, 3.2.2.3). */
export interface BrokerCapabilities {
  maximumQoS: number;
  retainAvailable: boolean;
  /** 0: any. */
  maximumPacketSize: number;
}
export const anyBroker: BrokerCapabilities = {
  maximumQoS: 2,
  retainAvailable: true,
  maximumPacketSize: 0,
};

/** 0 if it can be sent. */
export function publishFault(
  { topic = '', qos, properties = [] }: Publish,
  version: number,
  limits: BrokerCapabilities,
): number {
  if (qos > limits.maximumQoS) return err.qosNotSupported;
  if (topic === '') {
    const aliased = properties.some(({ name }) => name === 'topic-alias');
    return version < 5 || !aliased ? err.inval : err.success;
  }
  if (!isValidUtf8(topic)) return err.malformedUtf8;
  return isTopic(topic) ? err.success : err.inval;
}

export const publishPacket = (
  { topic = '', payload, qos, retain, properties = [] }: Publish,
  messageId: number,
  limits: BrokerCapabilities,
): OutgoingPublish => ({
  cmd: 'publish',
  topic,
  payload: Buffer.from(payload),
  qos,
  retain: retain && limits.retainAvailable,
  dup: false,
  messageId,
  ...withProperties(properties),
});
