/** The broker's state, as a room reports it. */
import * as v from 'valibot';
import { packetKinds } from './mqtt.ts';
import type { Direction, MqttVersion, PacketKind, QoS } from './mqtt.ts';
import { brokerProcess, type BrokerProcess } from './process.ts';

export interface BrokerState {
  clients: ClientState[];
  retained: { topic: string; payload: Uint8Array; qos: QoS }[];
  /**
   * Listeners of a broker with files of its own; empty if it did not start. They last as long as
   * the run.
   */
  listeners?: ListenerState[];
  /** The broker's process on its machine; absent: of a broker elsewhere. */
  process?: BrokerProcess;
  /** The room's second broker, if it has one. */
  cloud?: Omit<BrokerState, 'cloud'>;
}
export interface ListenerState {
  port: number;
  /** From where clients can reach it: the broker's own machine, or others. */
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

const qos = v.picklist([0, 1, 2]);
const base64 = v.string();
const ofOneBroker = {
  clients: v.array(
    v.object({
      clientId: v.string(),
      connected: v.boolean(),
      version: v.picklist([3, 4, 5]),
      clean: v.boolean(),
      keepAlive: v.number(),
      userName: v.optional(v.string()),
      will: v.optional(v.object({ topic: v.string(), payload: base64, qos, retain: v.boolean() })),
      subscriptions: v.array(v.object({ filter: v.string(), qos })),
      queued: v.number(),
      inflight: v.array(
        v.object({
          packetId: v.number(),
          direction: v.picklist(['to-broker', 'to-client']),
          qos,
          waitsFor: v.picklist(packetKinds),
        }),
      ),
    }),
  ),
  retained: v.array(v.object({ topic: v.string(), payload: base64, qos })),
  listeners: v.optional(
    v.array(
      v.object({
        port: v.number(),
        from: v.pipe(v.array(v.picklist(['localhost', 'network'])), v.readonly()),
      }),
    ),
  ),
  process: v.optional(brokerProcess),
};
/** `BrokerState` with its payloads in base64, for JSON. */
export const brokerStateJson = v.object({
  ...ofOneBroker,
  cloud: v.optional(v.object(ofOneBroker)),
});
export type BrokerStateJson = v.InferOutput<typeof brokerStateJson>;
