/**
 * The broker of a room: aedes, corrected. The only file that imports aedes; `docs/broker.md` says
 * which part does what. aedes has the connection's life: CONNECT to DISCONNECT, keep alive, wills,
 * session expiry, SUBSCRIBE and PUBLISH as they come in. Through its own extension points (`mq`,
 * `persistence`, the hooks) sessions, routing and delivery are ours.
 */
import { Buffer } from 'buffer';
import { Aedes } from 'aedes';
import type { Duplex } from 'readable-stream';
import { messageOf, type AedesMessage } from './aedes/message.ts';
import type { AedesClient, AedesConnect, AedesInside, AedesPublish } from './aedes/types.ts';
import { BrokerContext, connectionOf } from './context.ts';
import { brokerState } from './state.ts';
import type { Broker, BrokerOptions, RoomMessage } from '../broker.ts';
import { ConnectHandler } from './connect.ts';
import { Connection } from './connection.ts';
import { SubscribeHandler } from './subscribe.ts';
import { PublishHandler } from './publish.ts';
import { Persistence } from './aedes/persistence.ts';
import type { BrokerState } from '../../protocol/state.ts';

export type { Broker, BrokerLimits, BrokerOptions, RoomMessage } from '../broker.ts';

/** aedes names its own topics `$SYS/<id>/…`; they are not for clients. */
const AEDES_ID = 'aedes';
/** Six days: aedes' heartbeat is for clusters, and it cannot be switched off. */
const NEVER_MS = 2 ** 29 - 1;

export async function createBroker(options: BrokerOptions = {}): Promise<Broker> {
  const broker = new CorrectedAedes(options);
  await broker.listen();
  return broker;
}

class CorrectedAedes implements Broker {
  readonly #core: BrokerContext;
  readonly #aedes: Aedes;
  readonly #life: ConnectHandler;
  readonly #grants: SubscribeHandler;
  readonly #publishes: PublishHandler;
  readonly #persistence: Persistence;

  constructor(options: BrokerOptions) {
    const { version } = Aedes.prototype as unknown as AedesInside;
    const core = (this.#core = new BrokerContext(options, `aedes version ${version}`));
    this.#grants = new SubscribeHandler(core);
    this.#publishes = new PublishHandler(core);
    this.#life = new ConnectHandler(core, {
      publishDelayedWill: (clientId) => this.#publishDelayedWill(clientId),
    });
    this.#persistence = new Persistence(
      {
        storeRetained: (packet) => {
          core.retained.set(messageOf(packet as AedesMessage));
          core.change();
        },
        sessionOf: (client) => connectionOf(client)?.session ?? undefined,
        expired: (client) => this.#life.expired(client.id),
        unsubscribe: (client, filters) => this.#grants.unsubscribe(client, filters),
        changed: () => core.change(),
      },
      core.sessions,
    );
    this.#aedes = new Aedes({
      id: AEDES_ID,
      mq: this.#emitter(),
      persistence: this.#persistence,
      concurrency: 0,
      heartbeatInterval: NEVER_MS,
      connectTimeout: core.limits.connectMs,
      drainTimeout: core.limits.unsentMs,
      // The gate judges their length.
      maxClientsIdLength: 65_535,
      topicAliasMaximum: core.topicAliasMaximum,
      receiveMaximum: core.receiveMaximum,
      maximumPacketSize: options.maxPacketSize ?? 0,
      sessionExpiryIntervalLimit: Math.ceil(core.limits.offlineSessionMs / 1000),
      responseInformation: (client) => options.responseInformation?.(client.id),
      preConnect: (client, packet, done) => {
        this.#life.connecting(own(client), packet as unknown as AedesConnect);
        done(null, true);
      },
      authenticate: (client, _userName, password, done) =>
        this.#life.authenticate(own(client), password, (returnCode) =>
          returnCode === 0
            ? done(null, true)
            : done(Object.assign(new Error(), { returnCode }), false),
        ),
      authorizePublish: (client, packet, done) =>
        this.#publishes.authorize(client && own(client), packet as unknown as AedesPublish, done),
      authorizeSubscribe: (client, subscription, done) =>
        done(null, this.#grants.subscribe(client, subscription) ? subscription : null),
      // Delivery is ours.
      authorizeForward: () => null,
    });
    // A client id may be `__proto__` or `constructor`.
    const inside = this.#inside;
    inside.clients = Object.create(null) as object;
    inside.brokers = Object.create(null) as object;
    core.evicted = (clientId) => inside.clearSessionExpiry(clientId);
    this.#aedes.on('clientReady', (client) => this.#life.ready(own(client)));
    this.#aedes.on('clientDisconnect', (client) => this.#life.gone(own(client)));
    this.#aedes.on('keepaliveTimeout', (client) => this.#life.timedOut(own(client)));
    this.#aedes.on('subscribe', (_, client) => this.#grants.subscribed(client));
    // Not in its typings.
    (this.#aedes as unknown as Emits).on('error', (error) => core.log('error', error.message));
  }

  listen(): Promise<void> {
    return this.#aedes.listen();
  }

  handle(stream: Duplex, { line }: { line: number }): void {
    const core = this.#core;
    const connection = new Connection(stream, line, core);
    core.log('notice', `New connection from line ${line}.`);
    const client = own(this.#aedes.handle(connection.stream as never));
    // Filters may be named like members of Object, too.
    client.subscriptions = Object.create(null) as object;
    client.duplicates = Object.create(null) as object;
    core.add(client, connection);
    connection.stream.on('close', () => {
      core.connections.delete(connection);
      this.#life.gone(client);
    });
  }

  state(): BrokerState {
    return brokerState(this.#core.sessions, this.#core.retained);
  }

  onChange(listener: () => void): void {
    this.#core.changeListeners.push(listener);
  }

  onLog(listener: Parameters<Broker['onLog']>[0]): void {
    this.#core.logListeners.push(listener);
  }

  publish({ topic, payload, qos = 0, retain = false }: RoomMessage): Promise<void> {
    this.#core.publish({ topic, payload: Buffer.from(payload), qos, retain });
    return Promise.resolve();
  }

  clearRetained(topic: string): Promise<void> {
    if (this.#core.retained.delete(topic)) this.#core.change();
    return Promise.resolve();
  }

  disconnect(clientId: string): boolean {
    const connection = this.#core.connectionWith(clientId);
    if (!connection) return false;
    this.#core.end(connection, 0x98);
    return true;
  }

  async close(): Promise<void> {
    const { connections, sys } = this.#core;
    sys?.stop();
    // aedes itself tells only those whose queue it has finished.
    for (const connection of connections) this.#core.end(connection, 0x8b);
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    for (const { stream } of connections) stream.destroy();
    connections.clear();
    this.#aedes.removeAllListeners();
  }

  get #inside(): AedesInside {
    return this.#aedes as unknown as AedesInside;
  }

  #publishDelayedWill(clientId: string): void {
    if (!this.#inside.delayedWills.has(clientId)) return;
    this.#inside.clearDelayedWill(clientId);
    const will = this.#persistence.wills.get(clientId) as AedesPublish | undefined;
    this.#persistence.wills.delete(clientId);
    if (will) this.#core.publish(messageOf({ ...will, clientId }));
  }

  /** What aedes needs of an mqemitter: topics of its own are dropped; what is left are wills. */
  #emitter(): object {
    const { router } = this.#core;
    return {
      // Who subscribes is in `Sessions`.
      on: (_topic: string, _listener: unknown, done?: () => void) => done?.(),
      removeListener: (_topic: string, _listener: unknown, done?: () => void) => done?.(),
      emit: (packet: AedesMessage, done?: () => void) => {
        if (!packet.topic.startsWith(`$SYS/${AEDES_ID}/`)) router.route(messageOf(packet));
        done?.();
      },
      close: (done: () => void) => done(),
    };
  }
}

interface Emits {
  on(event: 'error', listener: (error: Error) => void): void;
}

/** The same object, with the members that aedes' typings leave out. */
const own = (client: object): AedesClient => client as AedesClient;
