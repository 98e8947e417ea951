/** A bridge of a conf that was read to its end: defaults in, its client ids known. Only rooms with bridges load it. */
import type { MqttVersion } from '../../protocol/mqtt.ts';
import type { BridgeDraft, BridgeTopic } from './parse-state.ts';
import { flag, number, text } from './setting-values.ts';
import type { Since } from './since.ts';

/** What is logged when a bridge has lost its connection, or was refused; by its client id here. */
export const bridgeLost: Since<(id: string) => string> = {
  '2.0.11': (id) => `Client ${id} closed its connection.`,
  '2.1.2': (id) => `Client ${id} [(null):0] disconnected: connection closed by client.`,
};

export interface BridgeConf {
  name: string;
  /** Tried one after the other. */
  addresses: readonly { host: string; port: number }[];
  topics: readonly BridgeTopic[];
  remoteClientId: string;
  localClientId: string;
  userName?: string;
  password?: string;
  /** Towards the other broker, and in this one while there is no connection. */
  clean: boolean;
  localClean: boolean;
  version: MqttVersion;
  /** Seconds. */
  keepAlive: number;
  /** Seconds from the end of a connection to the next try; `most` above `least`: by chance, growing. */
  restart: { least: number; most: number };
  start: BridgeDraft['startType'];
  /** Before 5.0 it says in its CONNECT that it is a bridge. */
  tryPrivate: boolean;
  /** Where its state is told, "1" or "0"; undefined: nowhere. */
  stateTopic?: string;
  stateIsLocal: boolean;
  unsubscribes: boolean;
  retains: boolean;
  /** Bytes; 0: no limit of its own. */
  maxPacketSize: number;
}

/** @param hostname of the broker's machine: the usual client id begins with it */
export function bridgeConf(draft: BridgeDraft, hostname: string): BridgeConf {
  const { name, addresses, topics, settings, restart, startType, version } = draft;
  const remoteClientId = text(settings, 'remote_clientid') ?? `${hostname}.${name}`;
  const userName = text(settings, 'remote_username');
  const password = text(settings, 'remote_password');
  const clean = flag(settings, 'cleansession', false);
  const stateTopic = flag(settings, 'notifications', true) && {
    stateTopic:
      text(settings, 'notification_topic') ?? `$SYS/broker/connection/${remoteClientId}/state`,
  };
  return {
    ...{ name, addresses, topics, remoteClientId, clean, version, restart, start: startType },
    localClientId: text(settings, 'local_clientid') ?? `local.${remoteClientId}`,
    ...(userName !== undefined && { userName }),
    ...(password !== undefined && { password }),
    localClean: flag(settings, 'local_cleansession', clean),
    keepAlive: number(settings, 'keepalive_interval', 60),
    tryPrivate: flag(settings, 'try_private', true),
    ...stateTopic,
    stateIsLocal: flag(settings, 'notifications_local_only', false),
    unsubscribes: flag(settings, 'bridge_attempt_unsubscribe', true),
    retains: flag(settings, 'bridge_outgoing_retain', true),
    maxPacketSize: number(settings, 'bridge_max_packet_size', 0),
  };
}
