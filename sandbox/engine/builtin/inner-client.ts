/**
 * A client in the broker itself, without a connection to it: the local side of a bridge. Its messages
 * go out on the bridge's own connection to another broker.
 */
import { ClientWindow } from './client-window.ts';
import type { BrokerContext } from './context.ts';
import type { InnerClient, InnerClientOptions, InnerPeer } from '../broker.ts';
import { encodePuback, encodePubcomp, encodePubrec, encodePubrel } from '../../mqtt/encode.ts';
import { messageFrom, propertiesOf, type Delivery, type Message } from './message.ts';
import { encodeText } from './message-properties.ts';
import type { OutboundClient } from './outbound-queue.ts';
import type { AcknowledgePacket, Packet, PublishPacket, QoS } from '../../protocol/mqtt.ts';
import type { Session } from './session.ts';

export class InnerSession implements InnerClient {
  readonly #core: BrokerContext;
  readonly #session: Session;
  readonly #clean: boolean;
  #peer: InnerPeer | undefined;
  #retain = true;
  /** Messages that waited when it last took up its subscriptions: `db__message_reconnect_reset`. */
  #waited = 0;

  constructor(core: BrokerContext, { clientId, clean, version, keepAlive }: InnerClientOptions) {
    this.#core = core;
    this.#clean = clean;
    const { session } = core.sessions.open(clientId, {
      ...{ version, clean, keepAlive, userName: undefined, will: undefined, wantsReasons: false },
      ...{ sessionExpiryInterval: undefined, receiveMaximum: undefined },
      ...{ maximumPacketSize: undefined, topicAliasMaximum: undefined },
    });
    session.inner = true;
    session.connected = false;
    session.expiryInterval = 0xffff_ffff;
    this.#session = session;
  }

  subscribe(subscriptions: readonly { filter: string; qos: QoS }[]): void {
    const { sessions } = this.#core;
    this.#unsubscribe();
    this.#waited = this.#session.outgoing.waiting;
    for (const { filter, qos } of subscriptions) {
      const flags = { noLocal: true, retainAsPublished: true };
      sessions.subscribe(this.#session, { filter, qos, ...flags, identifier: undefined });
    }
    this.#core.persistentChange();
  }

  #unsubscribe(): void {
    const { sessions } = this.#core;
    for (const filter of [...this.#session.subscriptions.keys()])
      sessions.unsubscribe(this.#session, filter);
  }

  connect(peer: InnerPeer): void {
    this.#peer = peer;
    this.#retain = peer.retains;
    this.#session.connected = true;
    const { version, receiveMaximum, maximumPacketSize } = peer;
    const window = new ClientWindow(
      peer,
      { version, receiveMaximum, maximumPacketSize, topicAliasMaximum: undefined },
      this.#core.maxInflight,
    );
    const client: OutboundClient = {
      window: window.window,
      get unsent() {
        return window.unsent;
      },
      publish: (delivery, packetId, dup) => {
        const topic = peer.topicOf(delivery.message);
        return topic !== undefined && window.publish(this.#mapped(delivery, topic), packetId, dup);
      },
      pubrel: (packetId) => window.pubrel(packetId),
    };
    this.#session.outgoing.attach(client, () => this.sendRetained(), this.#waited);
    this.#core.change();
  }

  #mapped(delivery: Delivery, topic: string): Delivery {
    const retain = delivery.retain && this.#retain;
    if (topic === delivery.message.topic && retain === delivery.retain) return delivery;
    const { parts: _, properties: __, ...rest } = delivery.message;
    const parts = { topic: encodeText(topic), properties: propertiesOf(delivery.message) };
    return { ...delivery, retain, message: { ...rest, topic, parts } };
  }

  disconnect(): void {
    this.#peer = undefined;
    this.#session.connected = false;
    this.#session.outgoing.detach();
    // What comes meanwhile is for nobody.
    if (this.#clean) {
      this.#unsubscribe();
      this.#session.outgoing.end();
      this.#session.incoming.clear();
    }
    this.#core.change();
  }

  sendRetained(): void {
    const { retained, router } = this.#core;
    for (const subscription of [...this.#session.subscriptions.values()]) {
      for (const message of retained.matching(subscription.filter))
        router.sendRetained(subscription, message);
    }
  }

  receive(packet: Packet): void {
    switch (packet.kind) {
      case 'PUBLISH':
        return this.#published(packet);
      case 'PUBREL': {
        if (this.#session.incoming.delete(packet.packetId)) this.#core.change();
        return this.#peer?.send(encodePubcomp(packet.version, packet.packetId));
      }
      case 'PUBACK':
      case 'PUBREC':
      case 'PUBCOMP':
        return this.#acknowledged(packet);
    }
  }

  #acknowledged({ kind, version, packetId, reasonCode }: AcknowledgePacket): void {
    if (kind === 'PUBREL') return;
    const known = this.#session.outgoing.acknowledge(packetId, kind, reasonCode);
    if (known && kind === 'PUBREC' && reasonCode < 0x80)
      this.#peer?.send(encodePubrel(version, packetId));
  }

  #published(packet: PublishPacket): void {
    const { qos, packetId, version } = packet;
    const { incoming } = this.#session;
    const isKnown = qos === 2 && incoming.has(packetId!);
    if (!isKnown) this.publish({ ...packet, topic: this.#peer?.localTopic(packet) });
    if (qos === 1) this.#peer?.send(encodePuback(version, packetId!));
    if (qos === 2) {
      incoming.add(packetId!);
      this.#peer?.send(encodePubrec(version, packetId!));
    }
  }

  publish({ topic, ...source }: Parameters<InnerClient['publish']>[0]): void {
    if (topic === undefined) return;
    const core = this.#core;
    const { clientId } = this.#session;
    const message: Message = messageFrom(source, topic, clientId);
    const limit = message.retain ? core.retained.wouldBreak(message) : null;
    if (limit) core.options.onLimit?.(limit, clientId, null, 'dropped');
    else core.publish(message);
  }

  nextId(): number {
    return this.#session.outgoing.nextId();
  }

  get waiting(): number {
    return this.#session.outgoing.waiting + this.#session.outgoing.inflight.size;
  }
}
