/**
 * The outbound queue and inflight window of one session: queued messages, and QoS 1 and 2
 * handshakes that are not finished. They outlive the connection (3.1.1 [MQTT-3.1.2-5], 5.0
 * [MQTT-3.1.2-23]; [MQTT-4.4.0-1]).
 */
import type { ClientWindow } from './client-window.ts';
import type { StoredBytes } from './stored-bytes.ts';
import { hasExpired, keepApart, type Delivery, type Read } from './message.ts';
import type { PacketKind } from '../../protocol/mqtt.ts';
import type { SavedSession } from '../saved-state.ts';

export interface Inflight {
  delivery: Delivery;
  waitsFor: Extract<PacketKind, 'PUBACK' | 'PUBREC' | 'PUBCOMP'>;
  /** On this connection. */
  sent: boolean;
}

/** What all sessions of a broker share: limits, and the counts of $SYS. */
export type DropReason = 'queue' | 'bytes' | 'slow' | 'size' | 'expired' | 'offline';

export interface OutboundHost {
  maxQueued: number;
  stored: StoredBytes;
  unsentBytes: number;
  dropped(session: { clientId: string }, reason: DropReason): void;
  changed(): void;
  /** A message has begun to wait, or has been acknowledged to the end. */
  persistentChange(): void;
}

/** Who takes what is sent. */
export type OutboundClient = Pick<ClientWindow, 'window' | 'unsent' | 'publish' | 'pubrel'>;

export class OutboundQueue {
  readonly queue: Delivery[] = [];
  readonly inflight = new Map<number, Inflight>();
  readonly #host: OutboundHost;
  readonly #session: { clientId: string };
  #client: OutboundClient | null = null;
  /** Exchanges begun or taken up again on this connection: they fill the client's window. */
  #active = 0;
  #lastId = 0;

  constructor(host: OutboundHost, session: { clientId: string }) {
    this.#host = host;
    this.#session = session;
  }

  /**
   * A connection is ready: first the messages in flight, in their order ([MQTT-4.4.0-1]), then the
   * queue. `between` delivers more after the first `ahead` of the queue.
   */
  attach(client: OutboundClient, between?: () => void, ahead = Infinity): void {
    this.#client = client;
    this.#active = 0;
    for (const exchange of this.inflight.values()) exchange.sent = false;
    for (const [packetId, exchange] of this.inflight) {
      if (this.#active >= client.window) break;
      this.#send(packetId, exchange, true);
    }
    const waiting = this.queue.splice(ahead);
    this.#pump();
    between?.();
    this.queue.push(...waiting);
    this.#pump();
  }

  detach(): void {
    this.#client = null;
    for (const { delivery } of this.inflight.values()) keepApart(delivery.message);
  }

  deliver(delivery: Delivery): void {
    if (delivery.qos === 0) return this.#sendAtMostOnce(delivery);
    const host = this.#host;
    if (this.queue.length >= host.maxQueued) this.expire();
    if (this.queue.length >= host.maxQueued) return this.#drop('queue');
    // Until the handshake has ended: messages in flight are kept, too.
    if (!host.stored.retain(delivery.message)) {
      this.expire();
      if (!host.stored.retain(delivery.message)) return this.#drop('bytes');
    }
    this.queue.push(delivery);
    this.#pump();
    if (this.queue.length > 0) {
      keepApart(delivery.message);
      host.persistentChange();
    }
    host.changed();
  }

  /** [MQTT-3.3.2-5] Drops the waiting messages whose time is over: nobody will send them. */
  expire(): void {
    for (let at = this.queue.length - 1; at >= 0; at -= 1) {
      const { message } = this.queue[at]!;
      if (!hasExpired(message)) continue;
      this.queue.splice(at, 1);
      this.#host.stored.release(message);
      this.#drop('expired');
    }
  }

  /** How many messages wait that may still be sent. */
  get waiting(): number {
    this.expire();
    return this.queue.length;
  }

  /** A PUBACK, PUBREC or PUBCOMP arrived. Returns false if no exchange waits for it. */
  acknowledge(packetId: number, kind: 'PUBACK' | 'PUBREC' | 'PUBCOMP', reasonCode = 0): boolean {
    const exchange = this.inflight.get(packetId);
    if (!exchange) return false;
    if (kind === 'PUBREC' && reasonCode < 0x80) {
      if (exchange.delivery.qos !== 2) return false;
      // 3.1.1 [MQTT-4.3.3-1], 5.0 [MQTT-4.3.3-6]: from here on only PUBREL is sent again, never the PUBLISH.
      exchange.waitsFor = 'PUBCOMP';
    } else {
      this.#forget(packetId, exchange);
      this.#host.persistentChange();
      if (exchange.sent) this.#active--;
      this.#pump();
    }
    this.#host.changed();
    return true;
  }

  /** The last packet identifier that it chose. */
  get lastId(): number {
    return this.#lastId;
  }

  /** What another process of the broker had saved: it is in flight, or waits, as it did there. */
  restore(
    { queue, inflight, lastId }: Pick<SavedSession, 'queue' | 'inflight' | 'lastId'>,
    read: Read,
  ): void {
    const { stored } = this.#host;
    for (const { packetId, delivery, waitsFor } of inflight) {
      const one = { ...delivery, message: read(delivery.message) };
      if (!hasExpired(one.message) && stored.retain(one.message))
        this.inflight.set(packetId, { delivery: one, waitsFor, sent: false });
    }
    for (const delivery of queue) {
      const one = { ...delivery, message: read(delivery.message) };
      if (!hasExpired(one.message) && stored.retain(one.message)) this.queue.push(one);
    }
    this.#lastId = lastId;
  }

  /**
   * Empties the queue; returns messages that were never sent, and QoS 1 messages that were not
   * acknowledged.
   */
  end(): Delivery[] {
    const left: Delivery[] = [];
    for (const [packetId, exchange] of this.inflight) {
      this.#forget(packetId, exchange);
      if (exchange.delivery.qos === 1) left.push(exchange.delivery);
    }
    for (const delivery of this.queue) {
      this.#host.stored.release(delivery.message);
      left.push(delivery);
    }
    this.queue.length = 0;
    this.#client = null;
    return left;
  }

  #drop(reason: DropReason): void {
    this.#host.dropped(this.#session, reason);
  }

  #sendAtMostOnce(delivery: Delivery): void {
    const client = this.#client;
    if (!client) return this.#drop('offline');
    if (client.unsent > this.#host.unsentBytes) return this.#drop('slow');
    if (!client.publish(delivery, 0, false)) this.#drop('size');
  }

  #pump(): void {
    const client = this.#client;
    if (!client) return;
    // [MQTT-3.3.4-9] Never more unacknowledged PUBLISH packets than the client's receive maximum.
    while (this.#active < client.window) {
      const waiting = this.#unsent();
      if (waiting) {
        this.#send(waiting[0], waiting[1], true);
        continue;
      }
      const delivery = this.queue.shift();
      if (!delivery) return;
      // [MQTT-3.3.2-5] Not begun in time: deleted.
      if (hasExpired(delivery.message)) {
        this.#host.stored.release(delivery.message);
        this.#drop('expired');
        continue;
      }
      const packetId = this.nextId();
      const exchange: Inflight = {
        delivery,
        waitsFor: delivery.qos === 1 ? 'PUBACK' : 'PUBREC',
        sent: false,
      };
      this.inflight.set(packetId, exchange);
      this.#send(packetId, exchange, false);
    }
  }

  /** After a reconnect with a smaller window some exchanges wait to be taken up again. */
  #unsent(): [number, Inflight] | null {
    if (this.#active >= this.inflight.size) return null;
    for (const entry of this.inflight) if (!entry[1].sent) return entry;
    return null;
  }

  #send(packetId: number, exchange: Inflight, again: boolean): void {
    const client = this.#client!;
    if (exchange.waitsFor === 'PUBCOMP') client.pubrel(packetId);
    // [MQTT-3.3.1-1] DUP is set if the broker sends a PUBLISH again.
    else if (!client.publish(exchange.delivery, packetId, again)) {
      // [MQTT-3.1.2-25] Too big for this client: as if it had been delivered.
      this.#forget(packetId, exchange);
      this.#drop('size');
      return;
    }
    exchange.sent = true;
    this.#active++;
  }

  #forget(packetId: number, { delivery }: Inflight): void {
    this.inflight.delete(packetId);
    this.#host.stored.release(delivery.message);
  }

  /** 3.1.1 [MQTT-2.3.1-4], 5.0 [MQTT-2.2.1-4]: an identifier that is not in use. */
  nextId(): number {
    do this.#lastId = (this.#lastId % 65_535) + 1;
    while (this.inflight.has(this.#lastId));
    return this.#lastId;
  }
}
