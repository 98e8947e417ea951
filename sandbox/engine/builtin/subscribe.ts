/** SUBSCRIBE and UNSUBSCRIBE: subscriptions, SUBACK and UNSUBACK, retained messages for new subscriptions. */
import { nameOf, type BrokerContext } from './context.ts';
import type { Connection } from './connection.ts';
import { encodeSuback, encodeUnsuback } from '../../mqtt/encode.ts';
import type { QoS, SubscribePacket, UnsubscribePacket } from '../../protocol/mqtt.ts';
import { sizeOf, type Message } from './message.ts';
import type { Session } from './session.ts';
import { isSysFilter } from './sys-topics.ts';
import { sharedFilter, validShared } from '../../mqtt/topic-match.ts';

type Requested = SubscribePacket['subscriptions'][number];

/** The decision for one filter of a SUBSCRIBE. */
interface Grant {
  /** For SUBACK: the granted QoS, or a refusal from 0x80 on. */
  code: number;
  /** Retained messages follow. */
  retained?: boolean;
}

/** Retained messages count by the kilobyte. */
const costOf = (message: Message): number => 1 + (sizeOf(message) >> 10);

export class SubscribeHandler {
  readonly #core: BrokerContext;

  constructor(core: BrokerContext) {
    this.#core = core;
  }

  subscribe(connection: Connection, session: Session, packet: SubscribePacket): void {
    const { packetId, subscriptions, properties } = packet;
    const identifier = properties?.subscriptionIdentifier?.[0];
    // If a filter occurs twice, the last one counts.
    const requests = new Map(subscriptions.map((one) => [one.filter, one]));
    const grants = new Map<string, Grant>();
    for (const request of requests.values()) {
      const most = grants.size >= this.#core.limits.filtersPerSubscribe;
      grants.set(request.filter, this.#grant(connection, session, request, identifier, most));
    }
    this.#core.persistentChange();
    const codes = subscriptions.map(({ filter }) => grants.get(filter)!.code);
    connection.respond(encodeSuback(connection.version, packetId, codes));
    for (const [filter, { code, retained }] of grants) {
      if (code < 0x80 && retained) this.#sendRetained(connection, session, filter);
      if (code < 0x80 && isSysFilter(filter)) this.#core.sys?.watch();
    }
  }

  unsubscribe(connection: Connection, session: Session, packet: UnsubscribePacket): void {
    // [MQTT-3.11.3-2]: 0x11 if there was no such subscription.
    const codes = packet.filters.map((filter) =>
      this.#core.sessions.unsubscribe(session, filter) ? 0x00 : 0x11,
    );
    this.#core.persistentChange();
    connection.respond(encodeUnsuback(connection.version, packet.packetId, codes));
  }

  #grant(
    connection: Connection,
    session: Session,
    request: Requested,
    identifier: number | undefined,
    tooManyFilters: boolean,
  ): Grant {
    const { options, sessions } = this.#core;
    const { filter } = request;
    // 3.1.1 [MQTT-3.9.3-2]: its only refusal is 0x80.
    const refused = (code: number): Grant => ({ code: connection.version === 5 ? code : 0x80 });
    const shared = sharedFilter(filter);
    // [MQTT-4.8.2-1], [MQTT-4.8.2-2]
    if (filter.startsWith('$share/') && !(shared && validShared(shared))) return refused(0x8f);
    const name = nameOf(session);
    if (options.authorizeSubscribe?.(name, shared?.filter ?? filter, shared?.group) === false) {
      return refused(0x87);
    }
    const limit = tooManyFilters ? 'filtersPerSubscribe' : this.#limit(session, filter);
    if (limit) {
      options.onLimit?.(limit, session.clientId, connection.line, 'refused');
      return refused(0x97);
    }
    const qos = Math.min(request.qos, connection.maxQoS) as QoS;
    // A bridge before 5.0 can't ask for either (src/handle_subscribe.c).
    const { bridge = false } = session.connectInfo;
    const isNew = sessions.subscribe(session, {
      filter,
      qos,
      noLocal: request.noLocal ?? bridge,
      retainAsPublished: request.retainAsPublished ?? bridge,
      identifier,
    });
    // 5.0 [MQTT-3.3.1-9], [MQTT-3.3.1-10], [MQTT-3.3.1-11]; none for shared subscriptions (section 4.8.2).
    const handling = request.retainHandling ?? 0;
    return { code: qos, retained: !shared && (handling === 0 || (handling === 1 && isNew)) };
  }

  #limit(session: Session, filter: string): 'subscriptionsPerClient' | null {
    const full = session.subscriptions.size >= this.#core.limits.subscriptionsPerClient;
    return full && !session.subscriptions.has(filter) ? 'subscriptionsPerClient' : null;
  }

  #sendRetained(connection: Connection, session: Session, filter: string): void {
    const subscription = session.subscriptions.get(filter);
    if (!subscription) return;
    const { options, retained, router, sys } = this.#core;
    const found = sys && isSysFilter(filter) ? [retained, sys] : [retained];
    for (const source of found) {
      // Looking for them counts, too.
      if (!connection.retained.tryTake()) break;
      for (const message of source.matching(filter)) {
        if (connection.retained.tryTake(costOf(message)))
          router.sendRetained(subscription, message);
        else
          return options.onLimit?.(
            'retainedPerSecond',
            session.clientId,
            connection.line,
            'dropped',
          );
      }
    }
  }
}
