/** What the broker touches of aedes' objects, where its own typings say less or nothing. */
import type { AedesProperties } from './message.ts';
import type { ConnectPacket, MqttVersion, QoS } from '../../../protocol/mqtt.ts';
import type { ConnectInfo } from '../session.ts';

export interface AedesClient {
  readonly id: string;
  readonly conn: unknown;
  /** Set to false: aedes then asks its persistence about every acknowledgement and UNSUBSCRIBE. */
  clean: boolean;
  readonly closed: boolean;
  /** Seconds; 0 with a clean session before 5.0, 0xFFFFFFFF without. */
  readonly sessionExpiryInterval: number;
  readonly receiveMaximum: number;
  readonly maximumPacketSize: number | undefined;
  subscriptions: object;
  duplicates: object;
  /** Seconds, for CONNACK and the timer; aedes sets it itself only with `keepaliveLimit`. */
  _serverKeepAlive?: number;
  close(done?: () => void): void;
}

export interface AedesInside {
  clients: object;
  brokers: object;
  readonly version: string;
  readonly delayedWills: ReadonlyMap<string, unknown>;
  clearSessionExpiry(clientId: string): void;
  clearDelayedWill(clientId: string): void;
}

/** A CONNECT as mqtt-packet reads it. */
export interface AedesConnect {
  clientId?: string;
  protocolVersion?: MqttVersion;
  clean?: boolean;
  keepalive?: number;
  username?: string;
  will?: { topic: string; payload: Uint8Array; qos: QoS; retain: boolean };
  properties?: { topicAliasMaximum?: number; requestProblemInformation?: boolean };
}

/** A PUBLISH as mqtt-packet reads it, or a will, which has no `cmd`. */
export interface AedesPublish {
  cmd?: string;
  topic: string;
  payload: Uint8Array;
  qos: number;
  retain: boolean;
  dup: boolean;
  messageId?: number;
  clientId?: string;
  properties?: AedesProperties & { willDelayInterval?: number | undefined };
  /** aedes' own mark for what it has answered already. */
  _notAuthorized?: boolean;
}

/** One filter of a SUBSCRIBE. */
export interface AedesSubscription {
  topic: string;
  qos: number;
  nl?: boolean | undefined;
  rap?: boolean | undefined;
  rh?: number | undefined;
  subscriptionIdentifier?: number;
}

export type Done = (error?: Error | null) => void;

export function ownerOf(packet: AedesConnect): ConnectInfo {
  const will: ConnectPacket['will'] = packet.will && {
    topic: packet.will.topic,
    payload: packet.will.payload,
    qos: packet.will.qos,
    retain: packet.will.retain,
  };
  return {
    version: packet.protocolVersion ?? 4,
    clean: packet.clean ?? false,
    keepAlive: packet.keepalive ?? 0,
    userName: packet.username,
    will,
    topicAliasMaximum: packet.properties?.topicAliasMaximum,
    wantsReasons: packet.properties?.requestProblemInformation !== false,
  };
}
