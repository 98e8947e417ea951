/**
 * The part of libmosquitto 2.0.11 that its clients use: its packets, identifiers and debug log. It
 * is not MQTT.js, which chooses other identifiers, sends at other times and reconnects differently:
 * the packets must be those of `mosquitto_sub`. It encodes them with MQTT.js's mqtt-packet.
 */
import type { Packet } from 'mqtt-packet';
import type { QoS } from '../../../../sandbox/protocol/mqtt.ts';
import { isFilter } from './argument-checks.ts';
import { err } from './codes.ts';
import { ClientConnection, type Open } from './client-connection.ts';
import type { ClientEvents } from './client-events.ts';
import { QosHandshakes } from './qos-handshakes.ts';
import { Outgoing, type OutgoingPublish } from './outgoing.ts';
import {
  connectPacket,
  publishWords,
  randomId,
  subscribePacket,
  withProperties,
  type ClientOptions,
  type SubscribeOptions,
} from './packets.ts';
import type { PropertyList } from './properties.ts';
import { anyBroker, publishFault, publishPacket, type Publish } from './publishing.ts';

export type { ClientEvents } from './client-events.ts';

export class MosquittoClient {
  readonly #options: ClientOptions;
  readonly #events: ClientEvents;
  readonly #open: Open;
  readonly #out: Outgoing;
  readonly #exchanges: QosHandshakes;
  #connection: ClientConnection | undefined;
  #state: 'new' | 'active' | 'disconnected' = 'new';
  #id: string | undefined;
  #lastMid = 0;
  #keepAlive: number;
  #pinging = false;
  #broker = anyBroker;

  constructor(options: ClientOptions, events: ClientEvents, open: Open) {
    this.#options = options;
    this.#events = events;
    this.#open = open;
    this.#keepAlive = options.keepAlive;
    this.#id = options.id ?? (options.version < 4 ? randomId() : undefined);
    this.#out = new Outgoing(options.maxInflight, (packet) => this.#sendPublish(packet));
    this.#exchanges = new QosHandshakes(this.#out, {
      log: (text) => this.#log(text),
      send: (packet) => this.#send(packet),
      message: (message) => this.#call(() => events.message?.(message)),
      published: (mid, reason, text) => this.#call(() => events.published?.(mid, reason, text)),
    });
  }

  get disconnected(): boolean {
    return this.#state === 'disconnected';
  }
  /** Rejects with ConnectionError if no broker accepts the connection. */
  async connect(): Promise<void> {
    this.#state = 'new';
    this.#pinging = false;
    const connection = await ClientConnection.open(this.#options.version, this.#open, {
      packet: (packet) => this.#receive(packet),
      tick: () => this.#checkKeepAlive(),
      closed: (rc) => {
        this.#connection = undefined;
        this.#out.lost();
        this.#events.ended(rc);
      },
    });
    this.#connection = connection;
    this.#log('sending CONNECT');
    connection.begin(connectPacket(this.#options, this.#id ?? ''));
  }

  /** `mosquitto_publish_v5`: 0, or why it was not sent; `mid` is the identifier it got. */
  publish(publish: Publish): { rc: number; mid: number } {
    const fault = publishFault(publish, this.#options.version, this.#broker);
    if (fault !== err.success) return { rc: fault, mid: 0 };
    const mid = this.#nextMid();
    const packet = publishPacket(publish, mid, this.#broker);
    const most = this.#broker.maximumPacketSize;
    const size = most > 0 ? (this.#connection?.size(packet) ?? 0) : 0;
    if (size > most) return { rc: err.oversizePacket, mid };
    if (publish.qos > 0) this.#out.add(packet);
    else this.#sendPublish(packet, () => this.#call(() => this.#events.published?.(mid, 0)));
    return { rc: err.success, mid };
  }

  /** `mosquitto_subscribe_multiple` */
  subscribe(
    filters: readonly string[],
    qos: QoS,
    options: SubscribeOptions = {},
    properties: PropertyList = [],
  ): number {
    if (!filters.every(isFilter)) return err.inval;
    const mid = this.#nextMid();
    const { packet, bits } = subscribePacket(
      this.#options.version,
      mid,
      filters,
      qos,
      options,
      properties,
    );
    for (const filter of filters) {
      this.#log(`sending SUBSCRIBE (Mid: ${mid}, Topic: ${filter}, QoS: ${qos}, Options: ${bits})`);
    }
    this.#send(packet);
    return err.success;
  }

  unsubscribe(filter: string, properties: PropertyList = []): void {
    const messageId = this.#nextMid();
    this.#log(`sending UNSUBSCRIBE (Mid: ${messageId}, Topic: ${filter})`);
    this.#send({
      cmd: 'unsubscribe',
      messageId,
      unsubscriptions: [filter],
      ...withProperties(properties),
    });
  }

  /** `reason` is sent in 5.0 only: 4 publishes the will (MQTT 5.0, 3.14.2.1). */
  disconnect(reason = 0, properties: PropertyList = []): void {
    this.#state = 'disconnected';
    if (!this.#connection) return;
    this.#log('sending DISCONNECT');
    const reasonField = this.#options.version === 5 && { reasonCode: reason };
    this.#send({ cmd: 'disconnect', ...reasonField, ...withProperties(properties) });
  }

  /** Says that it disconnects, and closes before the packet is written. */
  endUnsaid(): void {
    this.#state = 'disconnected';
    if (!this.#connection) return;
    this.#log('sending DISCONNECT');
    this.#connection.close(err.success);
  }

  /** Without DISCONNECT, as when a program ends. */
  destroy(): void {
    this.#connection?.destroy();
    this.#connection = undefined;
  }

  #nextMid(): number {
    return (this.#lastMid = (this.#lastMid % 65_535) + 1);
  }
  #log(text: string, nameless = this.#options.nameless): void {
    this.#events.log?.(`Client ${this.#id ?? nameless} ${text}`);
  }
  #send(packet: Packet, written?: () => void): void {
    this.#connection?.send(packet, written);
  }
  #call(callback: () => void): void {
    this.#connection?.call(callback);
  }

  #sendPublish(packet: OutgoingPublish, written?: () => void): void {
    const { messageId: mid, payload } = packet;
    this.#log(`sending ${publishWords({ ...packet, mid, size: payload.length })}`);
    this.#send(packet, written);
  }
  #receive(packet: Packet): number {
    const rc = this.#handle(packet);
    return rc !== err.success && this.disconnected && packet.cmd !== 'disconnect'
      ? err.success
      : rc;
  }

  #handle(packet: Packet): number {
    if (packet.cmd === 'connack') return this.#connack(packet);
    if (packet.cmd === 'disconnect') return this.#toldToGo(packet.reasonCode ?? 0);
    if (this.#state !== 'active') return err.protocol;
    switch (packet.cmd) {
      case 'publish':
        return this.#exchanges.published(packet);
      case 'puback':
      case 'pubcomp':
      case 'pubrec':
      case 'pubrel':
        return this.#exchanges.acknowledged(packet);
      case 'suback': {
        this.#log('received SUBACK');
        const codes = packet.granted as (number | { qos: number })[];
        const granted = codes.map((each) => (typeof each === 'number' ? each : each.qos));
        this.#call(() => this.#events.subscribed?.(packet.messageId ?? 0, granted));
        return err.success;
      }
      case 'unsuback':
      case 'pingresp':
        if (packet.cmd === 'pingresp') this.#pinging = false;
        this.#log(`received ${packet.cmd.toUpperCase()}`);
        return err.success;
      default:
        return err.protocol;
    }
  }

  #connack(packet: Packet & { cmd: 'connack' }): number {
    const result = packet.reasonCode ?? packet.returnCode ?? 0;
    const { properties = {} } = packet;
    if (properties.assignedClientIdentifier !== undefined) {
      if (this.#id !== undefined) return err.protocol;
      this.#id = properties.assignedClientIdentifier;
    }
    const { maximumQoS = 2, retainAvailable = true, maximumPacketSize = 0 } = properties;
    this.#broker = { maximumQoS, retainAvailable, maximumPacketSize };
    if (properties.serverKeepAlive !== undefined) this.#keepAlive = properties.serverKeepAlive;
    this.#out.connected(properties.receiveMaximum);
    this.#log(`received CONNACK (${result})`, this.#options.namelessConnack);
    this.#call(() => this.#events.connected(result));
    if (result !== 0) {
      // Closed before the callback's packets are written: no DISCONNECT is sent.
      this.#connection?.close(
        this.disconnected ? err.success : result <= 5 ? err.connRefused : err.protocol,
      );
      return err.success;
    }
    if (!this.disconnected) this.#state = 'active';
    this.#out.resend((id) => this.#exchanges.acknowledge('pubrel', id));
    return err.success;
  }

  /** `do_client_disconnect`: then the loop finds no connection, and a loop that runs for ever ends well. */
  #toldToGo(reason: number): number {
    this.#events.log?.(`Received DISCONNECT (${reason})`);
    this.#state = 'disconnected';
    return err.noConn;
  }

  #checkKeepAlive(): void {
    const connection = this.#connection;
    const most = this.#keepAlive * 1000;
    const now = performance.now();
    if (!connection || most === 0) return;
    if (now - connection.lastOut < most && now - connection.lastIn < most) return;
    if (this.#state !== 'active' || this.#pinging) return connection.close(err.keepAlive);
    this.#pinging = true;
    connection.lastIn = now;
    this.#log('sending PINGREQ');
    this.#send({ cmd: 'pingreq' });
  }
}
