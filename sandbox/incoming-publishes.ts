/** PUBLISH packets and wills as they come in: judged, acknowledged rightly, published in order. */
import type { AedesClient, AedesPublish, Done } from './aedes-types.ts';
import { connectionOf, nameOf, type BrokerCore } from './broker-core.ts';
import type { ClientName } from './broker-types.ts';
import type { Connection } from './connection.ts';
import { judgePublish, type PublishVerdict } from './publish-rules.ts';

/** What aedes publishes to here is acknowledged as ever, and reaches nobody. */
export const NOWHERE = '$SYS/nowhere';

export class IncomingPublishes {
  readonly #core: BrokerCore;
  readonly #publish: (publish: AedesPublish) => void;

  /** `publish`: through aedes, so that retained messages and routing follow. */
  constructor(core: BrokerCore, publish: (publish: AedesPublish) => void) {
    this.#core = core;
    this.#publish = publish;
  }

  /** aedes' `authorizePublish`: before it acknowledges, and before it publishes a will. */
  authorize(client: AedesClient | null, publish: AedesPublish, done: Done): void {
    const connection = client && connectionOf(client);
    if (!connection) return done();
    // [MQTT-3.3.1-3] DUP of what comes in says nothing about what goes out.
    publish.dup = false;
    // For No Local; aedes itself adds it too late for a retained message.
    publish.clientId = client.id;
    if (publish.cmd !== 'publish') return this.#will(client.id, connection, publish, done);
    if (publish.properties?.userProperties) {
      publish.properties.userProperties = connection.userProperties.shift() ?? [];
    }
    const { session } = connection;
    if (!session) return done(new Error('the connection is closing'));
    if (publish.qos === 2) {
      // 3.1.1 [MQTT-4.3.3-2], 5.0 [MQTT-4.3.3-10]: a message that is known already is only acknowledged.
      if (session.incoming.has(publish.messageId!)) return done();
      // 5.0 [MQTT-3.3.4-7]: more than CONNACK's receive maximum.
      if (connection.version === 5 && session.incoming.size >= this.#core.receiveMaximum) {
        return this.#refuse(connection, publish, 0x93, done);
      }
    }
    const verdict = this.#judge(publish, nameOf(session), connection);
    this.#obey(verdict, connection, publish, done);
  }

  /** Section 3.1.3.2.2: the will delay was for the broker: subscribers don't get it. */
  #will(clientId: string, connection: Connection, will: AedesPublish, done: Done): void {
    if (will.properties) will.properties.willDelayInterval = undefined;
    const name = { clientId, userName: connection.owner?.userName };
    const verdict = this.#judge(will, name, connection);
    done(verdict.do === 'publish' ? null : new Error('this will may not be published'));
  }

  #judge(publish: AedesPublish, client: ClientName, connection: Connection): PublishVerdict {
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
        retainedLimit: (name, bytes) => retained.wouldBreak(name, bytes),
        hasSubscribers: (name) => !codes || router.hasSubscribers(name, client.clientId),
      },
    );
  }

  #obey(verdict: PublishVerdict, connection: Connection, publish: AedesPublish, done: Done): void {
    if (verdict.do === 'publish') return this.#accept(verdict.code, connection, publish, done);
    if (verdict.do === 'disconnect') return this.#refuse(connection, publish, verdict.code, done);
    const { clientId } = connection.session!;
    if (verdict.do === 'limit') {
      this.#core.options.onLimit?.(verdict.limit, clientId, connection.line);
      if (connection.version < 5 || publish.qos === 0) {
        return this.#refuse(connection, publish, verdict.code, done);
      }
      connection.ackCodes.set(publish.messageId!, verdict.code);
      return done(new Error('this room keeps no more retained messages'));
    }
    if (verdict.do === 'too-large') {
      this.#core.log('information', dropped('Dropped too large', clientId, publish));
      // PUBACK has no code 0x95 (section 3.4.2.1): only DISCONNECT can say it.
      if (connection.version === 5 && publish.qos > 0) {
        return this.#refuse(connection, publish, verdict.code, done);
      }
    } else {
      this.#core.log('information', dropped('Denied', clientId, publish));
      // aedes answers a 5.0 client 0x87.
      if (connection.version === 5) return done(new Error('not authorised'));
    }
    // 3.1.1 [MQTT-3.3.5-2]: acknowledged as if it were good, as Mosquitto does.
    if (publish.qos === 2) connection.session!.incoming.add(publish.messageId!);
    this.#nowhere(publish, done);
  }

  /**
   * Published here and now: aedes would acknowledge a QoS 1 message first and let QoS 0 and 2
   * overtake it. What is left for aedes is the acknowledgement.
   */
  #accept(code: number, connection: Connection, publish: AedesPublish, done: Done): void {
    if (publish.qos === 0) return done();
    if (code !== 0) connection.ackCodes.set(publish.messageId!, code);
    if (publish.qos === 2) connection.session!.incoming.add(publish.messageId!);
    this.#core.change();
    this.#publish({ ...publish });
    this.#nowhere(publish, done);
  }

  #refuse(connection: Connection, publish: AedesPublish, code: number, done: Done): void {
    this.#core.end(connection, code);
    publish.qos = 0;
    this.#nowhere(publish, done);
  }

  #nowhere(publish: AedesPublish, done: Done): void {
    publish.topic = NOWHERE;
    publish.retain = false;
    done();
  }
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
