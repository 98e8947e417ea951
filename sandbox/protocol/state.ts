/** The broker's state, as a room reports it. */
import type { Direction, MqttVersion, PacketKind, QoS } from './mqtt.ts';

export interface BrokerState {
  clients: ClientState[];
  retained: { topic: string; payload: Uint8Array; qos: QoS }[];
  /** Of a broker with files of its own, empty where it did not start. They last as long as the run. */
  listeners?: ListenerState[];
}
export interface ListenerState {
  port: number;
  /** Where clients may be that reach it: the broker's own machine, and others. */
  from: readonly ('localhost' | 'network')[];
}
export interface ClientState {
  clientId: string;
  connected: boolean;
  version: MqttVersion;
  clean: boolean;
  keepAlive: number;
  userName?: string;
  will?: { topic: string; payload: Uint8Array; qos: QoS; retain: boolean };
  /** With the QoS that the broker granted. */
  subscriptions: { filter: string; qos: QoS }[];
  /** Kept for later because the client is away or its window is full. */
  queued: number;
  /** Sent or received, and not yet acknowledged to the end. */
  inflight: { packetId: number; direction: Direction; qos: QoS; waitsFor: PacketKind }[];
}

/** `BrokerState` with its payloads in base64, for JSON. */
export interface BrokerStateJson {
  clients: (Omit<ClientState, 'will'> & {
    will?: { topic: string; payload: string; qos: QoS; retain: boolean };
  })[];
  retained: { topic: string; payload: string; qos: QoS }[];
  listeners?: ListenerState[];
}
