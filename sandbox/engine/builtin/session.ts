/** Session state: what the broker keeps for one client identifier (MQTT 5.0, section 4.1). */
import { OutboundQueue, type OutboundHost } from './outbound-queue.ts';
import type { ConnectPacket, MqttVersion, QoS } from '../../protocol/mqtt.ts';
import type { Read } from './message.ts';
import type { SavedSession } from '../saved-state.ts';
import type { SharedGroup } from './shared-group.ts';

export interface Subscription {
  session: Session;
  /** As the client wrote it: `$share/…` too. */
  filter: string;
  /** Granted. */
  qos: QoS;
  noLocal: boolean;
  retainAsPublished: boolean;
  identifier?: number | undefined;
  group?: SharedGroup<Subscription> | undefined;
}

/**
 * What the broker keeps of a CONNECT packet: everything except the password and the fields that
 * only CONNACK needs.
 */
export interface ConnectInfo {
  version: MqttVersion;
  clean: boolean;
  /** It is another broker's bridge. */
  bridge?: true;
  /** Seconds, as the broker granted them. */
  keepAlive: number;
  userName: string | undefined;
  will: ConnectPacket['will'];
  /** Seconds that the client asked for; before 5.0 undefined. */
  sessionExpiryInterval: number | undefined;
  receiveMaximum: number | undefined;
  maximumPacketSize: number | undefined;
  /** Aliases that the client accepts. */
  topicAliasMaximum: number | undefined;
  /** 5.0 section 3.1.2.11.7, Request Problem Information: reason strings are welcome. */
  wantsReasons: boolean;
}

export function connectInfoOf(packet: ConnectPacket): ConnectInfo {
  const { version, clean, keepAlive, userName, will, properties, bridge } = packet;
  return {
    version,
    ...(bridge && { bridge }),
    clean,
    keepAlive,
    userName,
    will,
    sessionExpiryInterval: properties?.sessionExpiryInterval,
    receiveMaximum: properties?.receiveMaximum,
    maximumPacketSize: properties?.maximumPacketSize,
    topicAliasMaximum: properties?.topicAliasMaximum,
    wantsReasons: properties?.requestProblemInformation !== 0,
  };
}

export class Session {
  readonly clientId: string;
  readonly subscriptions = new Map<string, Subscription>();
  readonly outgoing: OutboundQueue;
  /** Packet identifiers of QoS 2 messages that wait for their PUBREL (3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-10]). */
  readonly incoming = new Set<number>();
  connectInfo: ConnectInfo;
  connected = true;
  /** It is the broker's own: no rule of the ACL file holds for it. */
  inner = false;
  /** Seconds that it outlives its connection; 0xFFFFFFFF: for ever. */
  expiryInterval = 0;
  /** Date.now() of the last disconnect. */
  since = 0;

  constructor(clientId: string, connectInfo: ConnectInfo, host: OutboundHost) {
    this.clientId = clientId;
    this.connectInfo = connectInfo;
    this.outgoing = new OutboundQueue(host, this);
  }
}

/** Its client is away; its subscriptions are still to be made. */
export function restoredSession(saved: SavedSession, host: OutboundHost, read: Read): Session {
  const { clientId, version, keepAlive, userName, expiryInterval } = saved;
  const session = new Session(
    clientId,
    {
      ...{ version, keepAlive, userName, clean: false, will: undefined },
      sessionExpiryInterval: version === 5 ? expiryInterval : undefined,
      ...{ receiveMaximum: undefined, maximumPacketSize: undefined, topicAliasMaximum: undefined },
      wantsReasons: true,
    },
    host,
  );
  session.connected = false;
  session.expiryInterval = expiryInterval;
  session.since = Date.now();
  for (const packetId of saved.incoming) session.incoming.add(packetId);
  session.outgoing.restore(saved, read);
  return session;
}
