/** Routes a message to the sessions whose subscriptions match. */
import type { Delivery, Message } from './message.ts';
import type { QoS } from '../../protocol/mqtt.ts';
import type { Session, Subscription } from './session.ts';
import type { SessionStore } from './session-store.ts';
import { SharedGroup } from './shared-group.ts';
import { combine } from './overlapping-subscriptions.ts';

export interface RouterHost {
  /** Read access of an acl file; absent: every client may read. */
  mayReceive?: ((session: Session, topic: string) => boolean) | undefined;
}

export class Router {
  readonly #sessions: SessionStore;
  readonly #host: RouterHost;

  constructor(sessions: SessionStore, host: RouterHost) {
    this.#sessions = sessions;
    this.#host = host;
  }

  /**
   * True if at least one subscription takes a message on this topic from this publisher. Read
   * access is ignored: an acknowledgement must not reveal the ACL file.
   */
  hasSubscribers(topic: string, publisher: string | undefined): boolean {
    return this.#sessions.index
      .match(topic)
      .some((entry) =>
        entry instanceof SharedGroup
          ? entry.members.some((member) => !isOwn(member, publisher))
          : !isOwn(entry, publisher),
      );
  }

  route(message: Message): void {
    const entries = this.#sessions.index.match(message.topic);
    if (entries.length === 0) return;
    const own = new Map<Session, Subscription[]>();
    for (const entry of entries) {
      if (entry instanceof SharedGroup) this.routeToGroup(entry, message);
      else if (this.#wants(entry, message.topic, message.publisher)) {
        const list = own.get(entry.session);
        if (list) list.push(entry);
        else own.set(entry.session, [entry]);
      }
    }
    for (const [session, subscriptions] of own) {
      const { qos, retainAsPublished, identifiers } = combine(subscriptions);
      session.outgoing.deliver({
        message,
        // 3.1.1 [MQTT-3.8.4-6], 5.0 [MQTT-3.8.4-8]: at most the granted QoS, and at most that of the message.
        qos: Math.min(qos, message.qos) as QoS,
        // 3.1.1 [MQTT-3.3.1-9], 5.0 [MQTT-3.3.1-12], [MQTT-3.3.1-13]: RETAIN is 0 for those who are
        // already there, unless they asked.
        retain: retainAsPublished && message.retain,
        identifiers,
      });
    }
  }

  /** One member receives it ([MQTT-4.8.2-3] keeps QoS to what that member was granted). */
  routeToGroup(group: SharedGroup<Subscription>, message: Message): void {
    const member = group.choose((one) => this.#wants(one, message.topic, message.publisher));
    if (!member) return;
    member.session.outgoing.deliver({
      message,
      qos: Math.min(member.qos, message.qos) as QoS,
      retain: member.retainAsPublished && message.retain,
      identifiers: member.identifier === undefined ? [] : [member.identifier],
      shared: group.name,
    });
  }

  /** A retained message for a new subscription: RETAIN is 1 (3.1.1 [MQTT-3.3.1-8], 5.0 section 3.3.1.3). */
  sendRetained(subscription: Subscription, message: Message): void {
    if (this.#host.mayReceive?.(subscription.session, message.topic) === false) return;
    const delivery: Delivery = {
      message,
      qos: Math.min(subscription.qos, message.qos) as QoS,
      retain: true,
      identifiers: subscription.identifier === undefined ? [] : [subscription.identifier],
    };
    subscription.session.outgoing.deliver(delivery);
  }

  #wants(subscription: Subscription, topic: string, publisher: string | undefined): boolean {
    if (isOwn(subscription, publisher)) return false;
    return this.#host.mayReceive?.(subscription.session, topic) !== false;
  }
}

/** No Local: 5.0 [MQTT-3.8.3-3]. */
const isOwn = ({ noLocal, session }: Subscription, publisher: string | undefined): boolean =>
  noLocal && publisher === session.clientId;
