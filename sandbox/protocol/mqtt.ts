/** MQTT control packets, their fields and properties as types. */

/** The protocol level byte of CONNECT: 3 is MQTT 3.1, 4 is 3.1.1, 5 is 5.0. */
export type MqttVersion = 3 | 4 | 5;
export type QoS = 0 | 1 | 2;
/** Control packet types as the specification writes them (MQTT 5.0, table 2-1). */
// prettier-ignore
export const packetKinds = [
  'CONNECT', 'CONNACK', 'PUBLISH', 'PUBACK', 'PUBREC', 'PUBREL', 'PUBCOMP', 'SUBSCRIBE',
  'SUBACK', 'UNSUBSCRIBE', 'UNSUBACK', 'PINGREQ', 'PINGRESP', 'DISCONNECT', 'AUTH',
] as const;
export type PacketKind = (typeof packetKinds)[number];
/** Seen from the room: a packet goes to the broker or to a client. */
export type Direction = 'to-broker' | 'to-client';

/** MQTT 5.0 properties by name (section 2.2.2.2); the names are those of mqtt-packet. */
export interface Properties {
  payloadFormatIndicator?: number;
  messageExpiryInterval?: number;
  contentType?: string;
  responseTopic?: string;
  correlationData?: Uint8Array;
  subscriptionIdentifier?: number[];
  sessionExpiryInterval?: number;
  assignedClientIdentifier?: string;
  serverKeepAlive?: number;
  authenticationMethod?: string;
  authenticationData?: Uint8Array;
  requestProblemInformation?: number;
  willDelayInterval?: number;
  requestResponseInformation?: number;
  responseInformation?: string;
  serverReference?: string;
  reasonString?: string;
  receiveMaximum?: number;
  topicAliasMaximum?: number;
  topicAlias?: number;
  maximumQoS?: number;
  retainAvailable?: number;
  userProperties?: [name: string, value: string][];
  maximumPacketSize?: number;
  wildcardSubscriptionAvailable?: number;
  subscriptionIdentifierAvailable?: number;
  sharedSubscriptionAvailable?: number;
}

interface PacketBase {
  version: MqttVersion;
  /** Bytes on the wire, fixed header included. */
  length: number;
}
export interface ConnectPacket extends PacketBase {
  kind: 'CONNECT';
  protocolName: string;
  clientId: string;
  /** The highest bit of the level is set: a broker's bridge before 5.0 (`try_private` of Mosquitto). */
  bridge?: true;
  /** Clean Session (3.1.1) or Clean Start (5.0). */
  clean: boolean;
  /** Seconds; 0 switches keep alive off. */
  keepAlive: number;
  userName?: string;
  password?: Uint8Array;
  will?: { topic: string; payload: Uint8Array; qos: QoS; retain: boolean; properties?: Properties };
  properties?: Properties;
}
export interface ConnackPacket extends PacketBase {
  kind: 'CONNACK';
  sessionPresent: boolean;
  /** Return code (3.1.1, section 3.2.2.3) or reason code (5.0, section 3.2.2.2). */
  reasonCode: number;
  properties?: Properties;
}
export interface PublishPacket extends PacketBase {
  kind: 'PUBLISH';
  topic: string;
  payload: Uint8Array;
  qos: QoS;
  dup: boolean;
  retain: boolean;
  /** Only at QoS 1 and 2. */
  packetId?: number;
  properties?: Properties;
}
export interface AcknowledgePacket extends PacketBase {
  kind: 'PUBACK' | 'PUBREC' | 'PUBREL' | 'PUBCOMP';
  packetId: number;
  /** 0 if the packet has none. */
  reasonCode: number;
  properties?: Properties;
}
export interface SubscribePacket extends PacketBase {
  kind: 'SUBSCRIBE';
  packetId: number;
  subscriptions: {
    filter: string;
    qos: QoS;
    noLocal?: boolean;
    retainAsPublished?: boolean;
    retainHandling?: 0 | 1 | 2;
  }[];
  properties?: Properties;
}
export interface SubackPacket extends PacketBase {
  kind: 'SUBACK' | 'UNSUBACK';
  packetId: number;
  /** One for each filter, in order; empty for a 3.1.1 UNSUBACK. */
  reasonCodes: number[];
  properties?: Properties;
}
export interface UnsubscribePacket extends PacketBase {
  kind: 'UNSUBSCRIBE';
  packetId: number;
  filters: string[];
  properties?: Properties;
}
export interface PingPacket extends PacketBase {
  kind: 'PINGREQ' | 'PINGRESP';
}
export interface DisconnectPacket extends PacketBase {
  kind: 'DISCONNECT' | 'AUTH';
  reasonCode: number;
  properties?: Properties;
}
export type Packet =
  | ConnectPacket
  | ConnackPacket
  | PublishPacket
  | AcknowledgePacket
  | SubscribePacket
  | SubackPacket
  | UnsubscribePacket
  | PingPacket
  | DisconnectPacket;

/**
 * One field of a packet with the position of its bytes. `name` is a key of the language files
 * (`field.<name>`); a property's is `property.<name of Properties>`, in a will `will.…` before it.
 */
export interface Field {
  name: string;
  /** Byte range in the whole packet, end exclusive. */
  start: number;
  end: number;
  /** For fields smaller than a byte: highest and lowest bit, 7 … 0. */
  bits?: readonly [high: number, low: number];
  value: string | number | boolean | Uint8Array;
}
