/** SUBSCRIBE and UNSUBSCRIBE: what is granted, and what is sent for it. */
import type { AedesSubscription } from './aedes/types.ts';
import { connectionOf, nameOf, type BrokerContext } from './context.ts';
import type { Connection, Grant } from './connection.ts';
import { unescapeFilter } from './aedes/escaped-filters.ts';
import type { QoS } from '../../protocol/mqtt.ts';
import type { Session } from './session.ts';
import { isSysFilter } from './sys-topics.ts';
import { sharedFilter, validShared } from '../../mqtt/topic-match.ts';

type ClientOfAedes = { conn?: unknown };

export class SubscribeHandler {
  readonly #core: BrokerContext;

  constructor(core: BrokerContext) {
    this.#core = core;
  }

  /** aedes asks for each filter of a SUBSCRIBE. True where it is granted. */
  subscribe(client: ClientOfAedes, wanted: AedesSubscription): boolean {
    const connection = connectionOf(client);
    if (!connection?.session) return false;
    const filter = unescapeFilter(wanted.topic);
    const grant = this.#grant(connection, connection.session, filter, wanted);
    connection.granted.set(filter, grant);
    return grant.code < 0x80;
  }

  /** aedes has written SUBACK: now its codes are known, and the retained messages follow it. */
  subscribed(client: ClientOfAedes): void {
    const connection = connectionOf(client);
    if (!connection) return;
    const { granted, session } = connection;
    const filters = connection.subscribes.shift() ?? [];
    connection.subacks.push(filters.map((filter) => granted.get(filter)?.code ?? 0x80));
    connection.granted = new Map();
    if (!session) return;
    for (const [filter, { code, retained }] of granted) {
      if (code < 0x80 && retained) this.#sendRetained(connection, session, filter);
      if (code < 0x80 && isSysFilter(filter)) this.#core.sys?.watch();
    }
  }

  unsubscribe(client: ClientOfAedes, filters: string[]): void {
    const connection = connectionOf(client);
    if (!connection?.session) return;
    const { session } = connection;
    // [MQTT-3.11.3-2]: 0x11 where there was no such subscription.
    connection.unsubacks.push(
      filters.map((filter) =>
        this.#core.sessions.unsubscribe(session, unescapeFilter(filter)) ? 0x00 : 0x11,
      ),
    );
  }

  #grant(
    connection: Connection,
    session: Session,
    filter: string,
    wanted: AedesSubscription,
  ): Grant {
    const { options, sessions } = this.#core;
    // 3.1.1 [MQTT-3.9.3-2]: its only refusal is 0x80.
    const refused = (code: number): Grant => ({ code: connection.version === 5 ? code : 0x80 });
    const shared = sharedFilter(filter);
    // [MQTT-4.8.2-1], [MQTT-4.8.2-2]
    if (filter.startsWith('$share/') && !(shared && validShared(shared))) return refused(0x8f);
    const name = nameOf(session);
    if (options.authorizeSubscribe?.(name, shared?.filter ?? filter) === false) {
      return refused(0x87);
    }
    const limit = this.#limit(connection, session, filter);
    if (limit) {
      options.onLimit?.(limit, session.clientId, connection.line, 'refused');
      return refused(0x97);
    }
    const qos = Math.min(wanted.qos, connection.maxQoS) as QoS;
    const isNew = sessions.subscribe(session, {
      filter,
      qos,
      noLocal: wanted.nl ?? false,
      retainAsPublished: wanted.rap ?? false,
      identifier: wanted.subscriptionIdentifier,
    });
    // 5.0 [MQTT-3.3.1-9], [MQTT-3.3.1-10], [MQTT-3.3.1-11]; none for shared subscriptions (section 4.8.2).
    const handling = wanted.rh ?? 0;
    return { code: qos, retained: !shared && (handling === 0 || (handling === 1 && isNew)) };
  }

  #limit(
    connection: Connection,
    session: Session,
    filter: string,
  ): 'filtersPerSubscribe' | 'subscriptionsPerClient' | null {
    const { limits } = this.#core;
    if (connection.granted.size >= limits.filtersPerSubscribe) return 'filtersPerSubscribe';
    const full = session.subscriptions.size >= limits.subscriptionsPerClient;
    return full && !session.subscriptions.has(filter) ? 'subscriptionsPerClient' : null;
  }

  #sendRetained(connection: Connection, session: Session, filter: string): void {
    const subscription = session.subscriptions.get(filter);
    if (!subscription) return;
    const { options, retained, router, sys } = this.#core;
    const found = sys && isSysFilter(filter) ? [retained, sys] : [retained];
    for (const source of found) {
      // To look for them costs something, too.
      if (!connection.retained.tryTake()) break;
      for (const message of source.matching(filter)) {
        if (connection.retained.tryTake()) router.sendRetained(subscription, message);
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
