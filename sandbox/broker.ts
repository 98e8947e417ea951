/**
 * The broker of a room: aedes, corrected. The only file that imports aedes; `docs/broker.md` says
 * which part does what. aedes has the connection's life: CONNECT to DISCONNECT, keep alive, wills,
 * take-over, session expiry, SUBSCRIBE and PUBLISH as they come in. Through its own extension
 * points (`mq`, `persistence`) sessions, routing and delivery are ours.
 */
import { Aedes } from 'aedes';
import type { Client } from 'aedes';
import type { Duplex } from 'readable-stream';
import { messageOf, type AedesMessage } from './aedes-message.ts';
import { brokerState } from './broker-state.ts';
import type { Broker, BrokerLimits, BrokerOptions, ClientName } from './broker-types.ts';
import { ClientLimits } from './client-limits.ts';
import { limitValues } from './config.ts';
import { Connection } from './connection.ts';
import { encodeDisconnect } from './encode.ts';
import { Persistence } from './persistence.ts';
import type { ConnectPacket, LogEntry, MqttVersion, QoS } from './protocol.ts';
import { judgePublish, type PublishVerdict } from './publish-rules.ts';
import { Retained } from './retained.ts';
import { Router } from './router.ts';
import type { Owner, Session } from './session.ts';
import { Sessions } from './sessions.ts';
import { shownFilter } from './share-filters.ts';
import { sharedFilter, validShared } from './topic.ts';

export type { Broker, BrokerLimits, BrokerOptions, RoomMessage } from './broker-types.ts';

/** aedes publishes what must go nowhere to here: acknowledged as ever, routed to nobody. */
const NOWHERE = '$SYS/nowhere';
/** aedes names its own topics `$SYS/<id>/…`; they are not for clients. */
const AEDES_ID = 'aedes';
/** Six days: aedes' heartbeat is for clusters, and it cannot be switched off. */
const NEVER_MS = 2 ** 29 - 1;

/** Members of aedes that its typings leave out. */
type AedesClient = Client & { subscriptions: object; duplicates: object; clean: boolean };
interface AedesInside {
  clients: object;
  brokers: object;
  delayedWills: Map<string, { clear(): void }>;
  clearSessionExpiry(clientId: string): void;
  clearDelayedWill(clientId: string): void;
}

export async function createBroker(options: BrokerOptions = {}): Promise<Broker> {
  const broker = new CorrectedAedes(options);
  await broker.listen();
  return broker;
}

class CorrectedAedes implements Broker {
  readonly #options: BrokerOptions;
  readonly #limits: BrokerLimits;
  readonly #aedes: Aedes;
  readonly #sessions: Sessions;
  readonly #retained: Retained;
  readonly #router: Router;
  readonly #persistence: Persistence;
  readonly #connections = new Set<Connection>();
  readonly #byClient = new WeakMap<object, Connection>();
  readonly #clients = new WeakMap<Connection, AedesClient>();
  readonly #connects = new WeakMap<Connection, Owner>();
  readonly #changed: (() => void)[] = [];
  readonly #logged: ((level: LogEntry['level'], text: string) => void)[] = [];

  constructor(options: BrokerOptions) {
    this.#options = options;
    this.#limits = limitValues(options.limits);
    const limits = this.#limits;
    const retained = (this.#retained = new Retained(limits));
    const sessions = (this.#sessions = new Sessions(
      {
        maxQueued: options.maxQueued || limits.queuedMessages,
        maxQueuedBytes: limits.queuedBytes,
        queuedBytes: 0,
        unsentBytes: limits.unsentBytes,
        dropped: () => {},
        changed: () => this.#change(),
        passOn: (group, delivery) => this.#router.routeToGroup(group, delivery.message),
        evicted: (clientId) => {
          this.#inside.clearSessionExpiry(clientId);
          this.#options.onLimit?.('offlineSessions', clientId, null);
        },
      },
      limits,
    ));
    const mayDeliver = options.authorizeDeliver;
    this.#router = new Router(sessions, {
      mayReceive:
        mayDeliver && ((session, topic) => mayDeliver.call(options, nameOf(session), topic)),
    });
    this.#persistence = new Persistence(
      {
        storeRetained: (packet) => this.#keep(packet as AedesMessage),
        sessionOf: (client) => this.#byClient.get(client)?.session ?? undefined,
        expired: (client) => this.#expired(client),
        unsubscribe: (client, filters) => this.#unsubscribe(client, filters),
      },
      sessions,
    );
    this.#aedes = new Aedes({
      id: AEDES_ID,
      mq: this.#emitter(),
      persistence: this.#persistence,
      concurrency: 0,
      heartbeatInterval: NEVER_MS,
      connectTimeout: limits.connectMs,
      drainTimeout: limits.unsentMs,
      keepaliveLimit: options.maxKeepAlive ?? 0,
      maxClientsIdLength: 65_535,
      topicAliasMaximum: options.topicAliasMaximum ?? 10,
      receiveMaximum: options.receiveMaximum ?? 20,
      maximumPacketSize: options.maxPacketSize ?? 0,
      sessionExpiryIntervalLimit: Math.ceil(limits.offlineSessionMs / 1000),
      responseInformation: (client) => options.responseInformation?.(client.id),
      preConnect: (client, packet, done) => {
        this.#connecting(client, packet as unknown as MqttPacketConnect);
        done(null, true);
      },
      authenticate: (client, userName, password, done) =>
        this.#authenticate(client as AedesClient, userName, password, done),
      authorizePublish: (client, packet, done) => this.#authorizePublish(client, packet, done),
      authorizeSubscribe: (client, subscription, done) =>
        done(null, this.#subscribe(client, subscription) ? subscription : null),
      // Routing is ours: aedes delivers nothing.
      authorizeForward: () => null,
    });
    // A client id may be `__proto__` or `constructor`.
    this.#inside.clients = Object.create(null) as object;
    this.#inside.brokers = Object.create(null) as object;
    this.#aedes.on('clientReady', (client) => this.#ready(client));
    this.#aedes.on('clientDisconnect', (client) => this.#gone(client));
    this.#aedes.on('keepaliveTimeout', (client) => this.#timedOut(client));
    this.#aedes.on('subscribe', (_, client) => this.#subscribed(client));
    this.#aedes.on('error', (error: Error) => this.#log('error', error.message));
  }

  get #inside(): AedesInside {
    return this.#aedes as unknown as AedesInside;
  }

  listen(): Promise<void> {
    return this.#aedes.listen();
  }

  // ── Broker ──

  handle(stream: Duplex, { line }: { line: number }): void {
    const connection = new Connection(stream, line, {
      maxQoS: this.#maxQoS,
      retainAvailable: this.#options.retainAvailable ?? true,
      received: () => {},
      sent: () => {},
      ended: (ended) => ended.session?.outgoing.detach(),
    });
    this.#connections.add(connection);
    this.#log('notice', `New connection from line ${line} on port 1883.`);
    const client = this.#aedes.handle(connection.stream as never) as AedesClient;
    // Filters and broker ids may be named like members of Object, too.
    client.subscriptions = Object.create(null) as object;
    client.duplicates = Object.create(null) as object;
    this.#byClient.set(client, connection);
    this.#clients.set(connection, client);
    connection.stream.on('close', () => {
      this.#connections.delete(connection);
      this.#gone(client);
    });
  }

  state(): ReturnType<Broker['state']> {
    return brokerState(this.#sessions, this.#retained);
  }

  onChange(listener: () => void): void {
    this.#changed.push(listener);
  }

  onLog(listener: (level: LogEntry['level'], text: string) => void): void {
    this.#logged.push(listener);
  }

  publish({ topic, payload, qos = 0, retain = false }: Parameters<Broker['publish']>[0]) {
    return new Promise<void>((resolve, reject) => {
      const packet = { cmd: 'publish', topic, payload: Buffer.from(payload), qos, retain } as const;
      this.#aedes.publish({ ...packet, dup: false }, (error) =>
        error ? reject(error) : resolve(),
      );
    });
  }

  clearRetained(topic: string): Promise<void> {
    if (this.#retained.delete(topic)) this.#change();
    return Promise.resolve();
  }

  disconnect(clientId: string): boolean {
    const connection = this.#connectionOf(clientId);
    if (!connection) return false;
    this.#end(connection, 0x98);
    return true;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    for (const { stream } of this.#connections) stream.destroy();
    this.#connections.clear();
    this.#aedes.removeAllListeners();
  }

  // ── Connections ──

  #connecting(client: Client, packet: MqttPacketConnect): void {
    const connection = this.#byClient.get(client)!;
    connection.version = packet.protocolVersion ?? 4;
    this.#connects.set(connection, ownerOf(packet));
  }

  #authenticate(
    client: AedesClient,
    userName: string | undefined,
    password: Uint8Array | undefined,
    done: (error: never, success: boolean | null) => void,
  ): void {
    const connection = this.#byClient.get(client)!;
    const { version, line } = connection;
    const clientId = client.id;
    const code =
      this.#options.authenticate?.({ clientId, userName, password, version, line }) ?? 0;
    const refuse = (returnCode: number): void =>
      done(Object.assign(new Error(), { returnCode }) as never, false);
    if (code !== 0) {
      this.#log('notice', `Client ${clientId} disconnected, not authorised.`);
      return refuse(code);
    }
    const { will } = this.#connects.get(connection)!;
    if (will && will.qos > this.#maxQoS) connection.refusal = 0x9b; // [MQTT-3.2.2-12]
    else if (will?.retain && this.#options.retainAvailable === false) connection.refusal = 0x9a; // [MQTT-3.2.2-13]
    if (connection.refusal) return refuse(5);
    this.#takeOver(client, connection, () => done(null as never, true));
  }

  /** [MQTT-3.1.4-3] The client that has this id goes first; only then has the new one its session. */
  #takeOver(client: AedesClient, connection: Connection, then: () => void): void {
    const old = this.#connectionOf(client.id);
    if (old) {
      this.#log('error', `Client ${client.id} already connected, closing old connection.`);
      const oldClient = this.#clients.get(old)!;
      oldClient.disconnect({ reasonCode: 0x8e }, () => {
        this.#gone(oldClient);
        if (!client.closed) this.#takeOver(client, connection, then);
      });
      return;
    }
    const owner = this.#connects.get(connection)!;
    if (owner.clean) this.#publishDelayedWill(client);
    const { session, present } = this.#sessions.open(client.id, owner);
    connection.session = session;
    connection.sessionPresent = present;
    // aedes asks its persistence about acknowledgements only for sessions that it keeps: all.
    client.clean = false;
    then();
  }

  /** [MQTT-3.1.3-9] A delayed will is sent when its session ends, and a clean start ends it. */
  #publishDelayedWill(client: AedesClient): void {
    if (!this.#inside.delayedWills.has(client.id)) return;
    const will = this.#persistence.wills.get(client.id) as Will | undefined;
    this.#inside.clearDelayedWill(client.id);
    this.#persistence.delWill(client);
    if (!will) return;
    const rest = { ...will.properties, willDelayInterval: undefined };
    this.#aedes.publish({ ...will, properties: rest } as never, () => {});
  }

  #ready(client: Client): void {
    const connection = this.#byClient.get(client)!;
    const { session } = connection;
    if (!session) return;
    const { version, clean, keepAlive, userName } = session.owner;
    const user = userName === undefined ? '' : `, u'${userName}'`;
    const details = `p${version === 3 ? 1 : version === 4 ? 2 : 5}, c${clean ? 1 : 0}, k${keepAlive}${user}`;
    this.#log(
      'notice',
      `New client connected from line ${connection.line} as ${client.id} (${details}).`,
    );
    session.outgoing.attach(
      new ClientLimits(connection, {
        version,
        maxInflight: this.#options.maxInflight ?? 20,
        receiveMaximum: client.receiveMaximum,
        maximumPacketSize: client.maximumPacketSize,
        topicAliasMaximum: session.owner.topicAliasMaximum,
      }),
    );
    connection.stream.open();
    this.#change();
  }

  #timedOut(client: Client): void {
    const connection = this.#byClient.get(client)!;
    this.#log('notice', `Client ${client.id} has exceeded timeout, disconnecting.`);
    // [MQTT-3.1.2-22] of 5.0: one and a half times the keep alive; section 3.14.2.1: it is told.
    if (connection.version === 5) connection.send(encodeDisconnect(0x8d));
  }

  #gone(client: Client): void {
    const connection = this.#byClient.get(client);
    const session = connection?.session;
    if (!connection || !session) return;
    connection.session = null;
    this.#log('notice', `Client ${client.id} disconnected.`);
    this.#sessions.disconnected(session, client.sessionExpiryInterval);
    this.#change();
  }

  /** aedes' timer ran out, or a clean start: what `#takeOver` has done already. */
  #expired(client: { id: string }): void {
    const session = this.#sessions.byId.get(client.id);
    if (session && !session.connected) this.#sessions.end(session);
  }

  #connectionOf(clientId: string): Connection | undefined {
    for (const connection of this.#connections) {
      if (connection.session?.clientId === clientId) return connection;
    }
    return undefined;
  }

  /** Ends a connection; 5.0 clients are told why. */
  #end(connection: Connection, reasonCode: number): void {
    this.#clients.get(connection)!.disconnect({ reasonCode });
  }

  // ── PUBLISH ──

  #authorizePublish(
    client: Client | null,
    packet: { cmd?: string },
    done: (error?: Error | null) => void,
  ): void {
    const publish = packet as unknown as Publish;
    const connection = client ? this.#byClient.get(client) : undefined;
    if (!client || !connection) return done();
    // [MQTT-3.3.1-3] DUP of what comes in says nothing about what goes out.
    publish.dup = false;
    if (packet.cmd !== 'publish') {
      // A will: the delay was for the broker ([MQTT-3.1.3-9]), subscribers don't get it.
      if (publish.properties) publish.properties.willDelayInterval = undefined;
      const name = nameOf(client as never, this.#connects.get(connection)?.userName);
      return done(this.#judge(publish, name, true).do === 'publish' ? null : new Error('refused'));
    }
    if (publish.properties?.userProperties) {
      publish.properties.userProperties = connection.userProperties.shift() ?? [];
    }
    const { session } = connection;
    if (!session) return done(new Error('connection is closing'));
    const packetId = publish.messageId ?? 0;
    // [MQTT-4.3.3-10] A message that is known already is only acknowledged.
    if (publish.qos === 2 && session.incoming.has(packetId)) return done();
    if (publish.qos === 2 && session.incoming.size >= (this.#options.receiveMaximum ?? 20)) {
      // Section 3.3.4: more than the receive maximum of CONNACK.
      if (connection.version === 5) return this.#refusePublish(connection, publish, 0x93, done);
    }
    const verdict = this.#judge(publish, nameOf(session), connection.version < 5);
    this.#obey(verdict, connection, publish, done);
  }

  #judge(publish: Publish, client: ClientName, noCodes: boolean): PublishVerdict {
    const options = this.#options;
    return judgePublish(
      {
        topic: publish.topic,
        payloadBytes: publish.payload.length,
        qos: publish.qos,
        retain: publish.retain,
      },
      {
        maxQoS: this.#maxQoS,
        retainAvailable: options.retainAvailable ?? true,
        mayPublish: (topic) => options.authorizePublish?.(client, topic) ?? true,
        retainedLimit: (topic, bytes) => this.#retained.wouldBreak(topic, bytes),
        hasSubscribers: (topic) => noCodes || this.#router.hasSubscribers(topic, client.clientId),
      },
    );
  }

  #obey(
    verdict: PublishVerdict,
    connection: Connection,
    publish: Publish,
    done: (error?: Error | null) => void,
  ): void {
    const { clientId } = connection.session!;
    if (verdict.do === 'publish') {
      if (verdict.code !== 0) connection.ackCodes.set(publish.messageId!, verdict.code);
      return done();
    }
    if (verdict.do === 'disconnect') {
      return this.#refusePublish(connection, publish, verdict.code, done);
    }
    if (verdict.do === 'limit') {
      this.#options.onLimit?.(verdict.limit, clientId, connection.line);
      if (connection.version < 5 || publish.qos === 0) {
        return this.#refusePublish(connection, publish, verdict.code, done);
      }
      connection.ackCodes.set(publish.messageId!, verdict.code);
      return done(new Error('too many retained messages in this room'));
    }
    this.#log(
      'information',
      `Denied PUBLISH from ${clientId} (d0, q${publish.qos}, r${publish.retain ? 1 : 0}, m${publish.messageId ?? 0}, '${publish.topic}', ... (${publish.payload.length} bytes))`,
    );
    // [MQTT-3.3.5-2] of 3.1.1: acknowledged as if it were good, or the connection closed.
    if (connection.version < 5) return this.#nowhere(publish, done);
    done(new Error('not authorised'));
  }

  #refusePublish(
    connection: Connection,
    publish: Publish,
    code: number,
    done: (error?: Error | null) => void,
  ): void {
    this.#end(connection, code);
    publish.qos = 0;
    this.#nowhere(publish, done);
  }

  #nowhere(publish: Publish, done: (error?: Error | null) => void): void {
    publish.topic = NOWHERE;
    publish.retain = false;
    done();
  }

  /** What aedes needs of an mqemitter: topics of its own are dropped, the rest is routed. */
  #emitter(): object {
    const emitter = {
      on: (_topic: string, _listener: unknown, done?: () => void) => (done?.(), emitter),
      removeListener: (_topic: string, _listener: unknown, done?: () => void) => (
        done?.(),
        emitter
      ),
      emit: (packet: AedesMessage, done?: () => void) => {
        const { topic } = packet;
        if (topic !== NOWHERE && !topic.startsWith(`$SYS/${AEDES_ID}/`)) {
          this.#router.route(messageOf(packet));
        }
        done?.();
        return emitter;
      },
      close: (done: () => void) => done(),
    };
    return emitter;
  }

  #keep(packet: AedesMessage): void {
    this.#retained.set(messageOf(packet));
    this.#change();
  }

  // ── SUBSCRIBE ──

  readonly #granted = new WeakMap<Connection, Map<string, Grant>>();

  #subscribe(client: Client, wanted: Wanted): boolean {
    const connection = this.#byClient.get(client)!;
    const { session } = connection;
    if (!session) return false;
    const filter = shownFilter(wanted.topic);
    const grant = this.#grant(connection, session, filter, wanted);
    let granted = this.#granted.get(connection);
    if (!granted) this.#granted.set(connection, (granted = new Map()));
    granted.set(filter, grant);
    return grant.code < 0x80;
  }

  #grant(connection: Connection, session: Session, filter: string, wanted: Wanted): Grant {
    const refused = (code: number): Grant => ({ code: connection.version === 5 ? code : 0x80 });
    const { clientId } = session;
    const shared = sharedFilter(filter);
    // [MQTT-4.8.2-1], [MQTT-4.8.2-2]
    if (filter.startsWith('$share/') && !(shared && validShared(shared))) return refused(0x8f);
    if (!(this.#options.authorizeSubscribe?.(nameOf(session), shared?.filter ?? filter) ?? true)) {
      return refused(0x87);
    }
    const limit = this.#limits.subscriptionsPerClient;
    if (session.subscriptions.size >= limit && !session.subscriptions.has(filter)) {
      this.#options.onLimit?.('subscriptionsPerClient', clientId, connection.line);
      return refused(0x97);
    }
    const qos = Math.min(wanted.qos, this.#maxQoS) as QoS;
    const isNew = this.#sessions.subscribe(session, {
      filter,
      qos,
      noLocal: wanted.nl ?? false,
      retainAsPublished: wanted.rap ?? false,
      identifier: wanted.subscriptionIdentifier,
    });
    // [MQTT-3.3.1-9] … [MQTT-3.3.1-11]; no retained messages for shared subscriptions (section 4.8.2).
    const handling = wanted.rh ?? 0;
    const retained = !shared && (handling === 0 || (handling === 1 && isNew));
    return { code: qos, retained };
  }

  /** SUBACK is written; now its codes are known, and the retained messages follow it. */
  #subscribed(client: Client): void {
    const connection = this.#byClient.get(client)!;
    const { session } = connection;
    const granted = this.#granted.get(connection) ?? new Map<string, Grant>();
    const filters = connection.subscribes.shift() ?? [];
    connection.subacks.push(filters.map((filter) => granted.get(filter)?.code ?? 0x80));
    this.#granted.delete(connection);
    if (!session) return;
    for (const [filter, { code, retained }] of granted) {
      const subscription = session.subscriptions.get(filter);
      if (code >= 0x80 || !retained || !subscription) continue;
      for (const message of this.#retained.matching(filter)) {
        this.#router.sendRetained(subscription, message);
      }
    }
  }

  #unsubscribe(client: { id: string }, filters: string[]): void {
    const connection = this.#byClient.get(client);
    if (!connection?.session) return;
    const { session } = connection;
    connection.unsubacks.push(
      filters.map((filter) =>
        this.#sessions.unsubscribe(session, shownFilter(filter)) ? 0x00 : 0x11,
      ),
    );
  }

  // ── Small things ──

  get #maxQoS(): QoS {
    return this.#options.maxQoS ?? 2;
  }

  #change(): void {
    for (const listener of this.#changed) listener();
  }

  #log(level: LogEntry['level'], text: string): void {
    for (const listener of this.#logged) listener(level, text);
  }
}

interface Grant {
  code: number;
  /** Retained messages follow. */
  retained?: boolean;
}
interface Wanted {
  topic: string;
  qos: number;
  nl?: boolean | undefined;
  rap?: boolean | undefined;
  rh?: number | undefined;
  subscriptionIdentifier?: number;
}
interface Publish {
  topic: string;
  payload: Uint8Array;
  qos: number;
  retain: boolean;
  dup: boolean;
  messageId?: number;
  properties?: { willDelayInterval?: number | undefined; userProperties?: unknown };
}
interface Will extends Publish {
  properties: Record<string, unknown>;
}
interface MqttPacketConnect {
  protocolVersion?: MqttVersion;
  clean?: boolean;
  keepalive?: number;
  username?: string;
  will?: { topic: string; payload: Uint8Array; qos: QoS; retain: boolean };
  properties?: { topicAliasMaximum?: number };
}

function ownerOf(packet: MqttPacketConnect): Owner {
  const will: ConnectPacket['will'] = packet.will && {
    topic: packet.will.topic,
    payload: packet.will.payload,
    qos: packet.will.qos,
    retain: packet.will.retain,
  };
  return {
    version: packet.protocolVersion ?? 4,
    clean: packet.clean ?? false,
    keepAlive: packet.keepalive ?? 0,
    userName: packet.username,
    will,
    topicAliasMaximum: packet.properties?.topicAliasMaximum,
  };
}

function nameOf(session: Session | Client, userName?: string): ClientName {
  if ('clientId' in session) {
    return { clientId: session.clientId, userName: session.owner.userName };
  }
  return { clientId: session.id, userName };
}
