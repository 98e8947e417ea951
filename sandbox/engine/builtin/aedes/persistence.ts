/**
 * What aedes asks of a persistence, answered from the broker's sessions and retained messages. aedes
 * keeps no state of its own that matters: subscriptions, queues and exchanges are in `Sessions`.
 */
import type { SessionStore } from '../session-store.ts';
import type { Session } from '../session.ts';
import { rejected, resolved, type SyncThenable } from './sync-thenable.ts';

interface ClientLike {
  id: string;
  conn?: unknown;
}
interface PacketLike {
  cmd?: string;
  messageId?: number;
  reasonCode?: number;
}

export interface PersistenceHost {
  storeRetained(packet: object): void;
  /** The session of a client that is connected. */
  sessionOf(client: ClientLike): Session | undefined;
  /** aedes' timer for a session that outlived its connection has run out. */
  expired(client: ClientLike): void;
  unsubscribe(client: ClientLike, filters: string[]): void;
  /** A QoS 2 exchange has moved on. */
  changed(): void;
}

const NONE = new Error('no such packet');

export class Persistence {
  readonly #host: PersistenceHost;
  readonly #sessions: SessionStore;
  /** Wills of connected clients, and those that wait for their delay; by client id. */
  readonly wills = new Map<string, object>();

  constructor(host: PersistenceHost, sessions: SessionStore) {
    this.#host = host;
    this.#sessions = sessions;
  }

  // aedes insists on an async function here.
  async setup(): Promise<void> {}

  async destroy(): Promise<void> {}

  // ── Retained ──

  storeRetained(packet: object): SyncThenable {
    this.#host.storeRetained(packet);
    return resolved();
  }

  /** Retained messages are sent on aedes' `subscribe` event, at the granted QoS; none come this way. */
  createRetainedStreamCombi(): { pipe(): void } {
    return { pipe() {} };
  }

  createRetainedStream(): { pipe(): void } {
    return { pipe() {} };
  }

  // ── Subscriptions ──

  /** Subscriptions are made in `authorizeSubscribe`: here aedes would store denied ones too. */
  addSubscriptions(): SyncThenable {
    return resolved();
  }

  removeSubscriptions(client: ClientLike, filters: string[]): SyncThenable {
    this.#host.unsubscribe(client, filters);
    return resolved();
  }

  subscriptionsByClient(): SyncThenable {
    return resolved([]);
  }

  subscriptionsByTopic(): SyncThenable {
    return resolved([]);
  }

  cleanSubscriptions(client: ClientLike): SyncThenable {
    this.#host.expired(client);
    return resolved();
  }

  countOffline(): SyncThenable {
    const clientsCount = [...this.#sessions.byId.values()].filter((s) => !s.connected).length;
    return resolved({ subsCount: this.#sessions.subscriptionCount, clientsCount });
  }

  // ── Messages to clients: `Outgoing` has them; only what clients answer comes through here ──

  outgoingEnqueue(): SyncThenable {
    return resolved();
  }

  outgoingEnqueueCombi(): SyncThenable {
    return resolved();
  }

  /** A PUBREC came, and aedes is about to answer with this PUBREL. */
  outgoingUpdate(client: ClientLike, pubrel: PacketLike): SyncThenable {
    const outgoing = this.#host.sessionOf(client)?.outgoing;
    // 3.1.1 [MQTT-4.3.3-1], 5.0 [MQTT-4.3.3-4]: an unknown one is answered too: 5.0 says that nothing is known of it (0x92).
    if (!outgoing?.acknowledge(pubrel.messageId!, 'PUBREC')) pubrel.reasonCode = 0x92;
    return resolved();
  }

  /** A PUBACK, a PUBCOMP, or a PUBREC that refuses the message. */
  outgoingClearMessageId(client: ClientLike, packet: PacketLike): SyncThenable {
    const outgoing = this.#host.sessionOf(client)?.outgoing;
    const kind =
      packet.cmd === 'puback' ? 'PUBACK' : packet.cmd === 'pubrec' ? 'PUBREC' : 'PUBCOMP';
    outgoing?.acknowledge(packet.messageId!, kind, packet.reasonCode);
    return resolved();
  }

  outgoingStream(): never[] {
    return [];
  }

  // ── QoS 2 messages from clients ──

  /** Asked for each PUBLISH and PUBREL; `authorizePublish` has noted the identifier by then. */
  incomingGetPacket(client: ClientLike, packet: PacketLike): SyncThenable {
    const known = this.#host.sessionOf(client)?.incoming.has(packet.messageId!);
    return known ? resolved(packet) : rejected(NONE);
  }

  incomingStorePacket(): SyncThenable {
    return resolved();
  }

  incomingDelPacket(client: ClientLike, packet: PacketLike): SyncThenable {
    this.#host.sessionOf(client)?.incoming.delete(packet.messageId!);
    this.#host.changed();
    return resolved();
  }

  // ── Wills ──

  putWill(client: ClientLike, will: object): SyncThenable {
    this.wills.set(client.id, will);
    return resolved();
  }

  getWill(client: ClientLike): SyncThenable {
    return resolved(this.wills.get(client.id));
  }

  delWill(client: ClientLike): SyncThenable {
    const will = this.wills.get(client.id);
    this.wills.delete(client.id);
    return resolved(will);
  }

  /** Wills of other brokers of a cluster: a room is never one. */
  streamWill(): never[] {
    return [];
  }

  getClientList(): never[] {
    return [];
  }
}
