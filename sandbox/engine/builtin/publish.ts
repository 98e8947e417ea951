/** PUBLISH packets and wills as they come in: judged, published and acknowledged in order. */
import { messageOf } from './aedes/message.ts';
import type { AedesClient, AedesPublish, Done } from './aedes/types.ts';
import { connectionOf, nameOf, type BrokerContext } from './context.ts';
import type { ClientName } from '../broker.ts';
import type { Connection } from './connection.ts';
import type { Message } from './message.ts';
import { judgePublish, type PublishVerdict } from './publish-policy.ts';

export class PublishHandler {
  readonly #core: BrokerContext;

  constructor(core: BrokerContext) {
    this.#core = core;
  }

  /**
   * aedes' `authorizePublish`. All that a PUBLISH asks for is done here and now: aedes would
   * acknowledge a QoS 1 message first, route it in a later turn, and let QoS 0 and 2 overtake it.
   * A will is only judged: aedes knows when it is due.
   */
  authorize(client: AedesClient | null, publish: AedesPublish, done: Done): void {
    const connection = client && connectionOf(client);
    if (!connection) return done();
    // [MQTT-3.3.1-3] DUP of what comes in says nothing about what goes out.
    publish.dup = false;
    // For No Local; aedes itself adds it too late for a retained message.
    publish.clientId = client.id;
    if (publish.cmd !== 'publish') return this.#will(client.id, connection, publish, done);
    if (!connection.session) return done(new Error('the connection is closing'));
    this.#take(publish, connection);
    // aedes leaves a packet alone that has this mark: nothing is acknowledged, nothing published.
    publish._notAuthorized = true;
    done();
  }

  #take(publish: AedesPublish, connection: Connection): void {
    const session = connection.session!;
    if (publish.properties?.userProperties) {
      publish.properties.userProperties = connection.userProperties.shift() ?? [];
    }
    if (publish.qos === 2) {
      // 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-10]: a message that is known already is only acknowledged.
      if (session.incoming.has(publish.messageId!)) return acknowledge(connection, publish, 0);
      // 5.0 [MQTT-3.3.4-7]: more than CONNACK's receive maximum.
      if (connection.version === 5 && session.incoming.size >= this.#core.receiveMaximum) {
        return this.#core.end(connection, 0x93);
      }
    }
    const message = messageOf(publish);
    const verdict = this.#judge(publish, message, nameOf(session), connection);
    this.#obey(verdict, connection, publish, message);
  }

  /** Section 3.1.3.2.2: the will delay was for the broker: subscribers don't get it. */
  #will(clientId: string, connection: Connection, will: AedesPublish, done: Done): void {
    if (will.properties) will.properties.willDelayInterval = undefined;
    const name = { clientId, userName: connection.connectInfo?.userName };
    const verdict = this.#judge(will, messageOf(will), name, connection);
    done(verdict.do === 'publish' ? null : new Error('this will may not be published'));
  }

  #judge(
    publish: AedesPublish,
    message: Message,
    client: ClientName,
    connection: Connection,
  ): PublishVerdict {
    const { options, retainAvailable, retained, router } = this.#core;
    // Only PUBACK and PUBREC of 5.0 say it.
    const codes = connection.version === 5 && publish.cmd === 'publish';
    const { topic, payload, qos, retain } = publish;
    return judgePublish(
      { topic, qos, retain, payloadBytes: payload.length },
      {
        maxQoS: connection.maxQoS,
        messageSizeLimit: options.messageSizeLimit ?? 0,
        retainAvailable,
        mayPublish: (name) => options.authorizePublish?.(client, name) !== false,
        retainedLimit: () => retained.wouldBreak(message),
        hasSubscribers: (name) => !codes || router.hasSubscribers(name, client.clientId),
      },
    );
  }

  #obey(
    verdict: PublishVerdict,
    connection: Connection,
    publish: AedesPublish,
    message: Message,
  ): void {
    const core = this.#core;
    const session = connection.session!;
    const { clientId } = session;
    switch (verdict.do) {
      case 'publish':
        if (publish.qos === 2) session.incoming.add(publish.messageId!);
        core.publish(message);
        return acknowledge(connection, publish, verdict.code);
      case 'disconnect':
        return core.end(connection, verdict.code);
      case 'limit': {
        // Only PUBACK and PUBREC of 5.0 can say no.
        const closes = connection.version < 5 || publish.qos === 0;
        const effect = closes ? 'closed' : 'refused';
        core.options.onLimit?.(verdict.limit, clientId, connection.line, effect);
        if (closes) return core.end(connection, verdict.code);
        return acknowledge(connection, publish, verdict.code, 'no more retained messages here');
      }
      case 'too-large':
        core.log('information', dropped('Dropped too large', clientId, publish));
        // PUBACK has no code 0x95 (section 3.4.2.1): only DISCONNECT can say it.
        if (connection.version === 5 && publish.qos > 0) return core.end(connection, verdict.code);
        break;
      case 'drop':
        core.log('information', dropped('Denied', clientId, publish));
        if (connection.version === 5) {
          return acknowledge(connection, publish, verdict.code, 'not authorised');
        }
    }
    // 3.1.1 [MQTT-3.3.5-2]: acknowledged as if it were good, as Mosquitto does.
    if (publish.qos === 2) session.incoming.add(publish.messageId!);
    acknowledge(connection, publish, 0);
  }
}

function acknowledge(
  connection: Connection,
  { qos, messageId }: AedesPublish,
  code: number,
  reason?: string,
): void {
  if (qos > 0) connection.acknowledge(qos === 1 ? 'PUBACK' : 'PUBREC', messageId!, code, reason);
}

/** Mosquitto's words. */
function dropped(
  why: 'Denied' | 'Dropped too large',
  clientId: string,
  { qos, retain, messageId, topic, payload }: AedesPublish,
): string {
  const flags = `d0, q${qos}, r${retain ? 1 : 0}, m${messageId ?? 0}`;
  return `${why} PUBLISH from ${clientId} (${flags}, '${topic}', ... (${payload.length} bytes))`;
}
