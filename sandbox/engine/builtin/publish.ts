/** PUBLISH packets and wills: judged, published and acknowledged in the order in which they come. */
import { nameOf, type BrokerContext } from './context.ts';
import type { ClientName } from '../broker.ts';
import type { Connection } from './connection.ts';
import { messageFrom, type Message } from './message.ts';
import { judgePublish, type PublishVerdict } from './publish-policy.ts';
import type { PublishPacket } from '../../protocol/mqtt.ts';
import type { Session } from './session.ts';

export class PublishHandler {
  readonly #core: BrokerContext;

  constructor(core: BrokerContext) {
    this.#core = core;
  }

  publish(connection: Connection, session: Session, publish: PublishPacket): void {
    const topic = topicOf(publish, connection);
    // Section 3.3.2.3.4. The gate refuses it, but a fault may have dropped the PUBLISH that set the alias.
    if (topic === undefined) return this.#core.end(connection, 0x94);
    if (publish.qos === 2) {
      // 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-10]: a message that is known already is only acknowledged.
      if (session.incoming.has(publish.packetId!)) return acknowledge(connection, publish, 0);
      // 5.0 [MQTT-3.3.4-7]: more than CONNACK's receive maximum.
      if (connection.version === 5 && session.incoming.size >= this.#core.receiveMaximum) {
        return this.#core.end(connection, 0x93);
      }
    }
    const message = messageFrom(publish, topic, session.clientId);
    const verdict = this.#judge(message, nameOf(session), connection, connection.version === 5);
    this.#obey(verdict, connection, session, publish, message);
  }

  /** The will of a connection that has ended, when it is due. */
  publishWill(connection: Connection): void {
    const { clientId, connectInfo } = connection;
    if (!connectInfo?.will) return;
    const message = messageFrom(connectInfo.will, connectInfo.will.topic, clientId);
    const name = { clientId, userName: connectInfo.userName };
    const verdict = this.#judge(message, name, connection, false);
    if (verdict.do === 'publish') this.#core.publish(message);
  }

  /** `codes`: the acknowledgement can report that there are no matching subscribers. */
  #judge(
    message: Message,
    client: ClientName,
    connection: Connection,
    codes: boolean,
  ): PublishVerdict {
    const { options, retainAvailable, retained, router } = this.#core;
    const { topic, payload, qos, retain } = message;
    const facts = { topic, qos, retain, payload, payloadBytes: payload.length };
    return judgePublish(facts, {
      maxQoS: connection.maxQoS,
      messageSizeLimit: options.messageSizeLimit ?? 0,
      retainAvailable,
      mayPublish: (name) => options.authorizePublish?.(client, name, facts) !== false,
      retainedLimit: () => retained.wouldBreak(message),
      hasSubscribers: (name) => !codes || router.hasSubscribers(name, client.clientId),
    });
  }

  #obey(
    verdict: PublishVerdict,
    connection: Connection,
    session: Session,
    publish: PublishPacket,
    message: Message,
  ): void {
    const core = this.#core;
    const { clientId } = session;
    switch (verdict.do) {
      case 'publish':
        if (publish.qos === 2) session.incoming.add(publish.packetId!);
        core.publish(message);
        return acknowledge(connection, publish, verdict.code);
      case 'disconnect':
        return core.end(connection, verdict.code);
      case 'limit': {
        // Only PUBACK and PUBREC of 5.0 can refuse.
        const closes = connection.version < 5 || publish.qos === 0;
        const effect = closes ? 'closed' : 'refused';
        core.options.onLimit?.(verdict.limit, clientId, connection.line, effect);
        if (closes) return core.end(connection, verdict.code);
        return acknowledge(connection, publish, verdict.code, 'no more retained messages here');
      }
      case 'too-large':
        core.log('information', dropped('Dropped too large', publish, message));
        // PUBACK has no code 0x95 (section 3.4.2.1): only DISCONNECT has it.
        if (connection.version === 5 && publish.qos > 0) return core.end(connection, verdict.code);
        break;
      case 'drop':
        core.log('information', dropped('Denied', publish, message));
        if (connection.version === 5) {
          return acknowledge(connection, publish, verdict.code, 'not authorised');
        }
    }
    // 3.1.1 [MQTT-3.3.5-2]: acknowledged as if it were published, as Mosquitto does.
    if (publish.qos === 2) session.incoming.add(publish.packetId!);
    acknowledge(connection, publish, 0);
  }
}

/** The topic of a PUBLISH; undefined if it has only an alias that is not set on this connection. */
function topicOf({ topic, properties }: PublishPacket, connection: Connection): string | undefined {
  const alias = properties?.topicAlias;
  if (alias === undefined) return topic;
  if (topic === '') return connection.aliases?.get(alias);
  (connection.aliases ??= new Map()).set(alias, topic);
  return topic;
}

function acknowledge(
  connection: Connection,
  { qos, packetId }: PublishPacket,
  code: number,
  reason?: string,
): void {
  if (qos > 0) connection.acknowledge(qos === 1 ? 'PUBACK' : 'PUBREC', packetId!, code, reason);
}

/** As Mosquitto logs it. */
function dropped(
  why: 'Denied' | 'Dropped too large',
  { qos, retain, packetId }: PublishPacket,
  { topic, payload, publisher }: Message,
): string {
  const flags = `d0, q${qos}, r${retain ? 1 : 0}, m${packetId ?? 0}`;
  return `${why} PUBLISH from ${publisher} (${flags}, '${topic}', ... (${payload.length} bytes))`;
}
