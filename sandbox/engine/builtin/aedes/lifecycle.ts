/**
 * The life cycle of a broker's connections, by aedes: CONNECT and CONNACK, PINGREQ, DISCONNECT,
 * keep alive, the time of a will, session expiry. The only folder that imports aedes. Packets of
 * all other kinds do not reach it; `docs/broker.md` says why.
 */
import { Aedes, type AuthenticateError, type Client } from 'aedes';
import { AedesStream } from './stream.ts';
import { LifecyclePersistence } from './persistence.ts';

/** The broker's callbacks for its connection `C`; called by aedes. */
export interface LifecycleEvents<C> {
  /**
   * Called with the CONNECT packet; returns what aedes uses of it. aedes refuses an empty client
   * identifier.
   */
  connecting(connection: C): { clientId: string; keepAlive: number };
  /** `decide(0)` accepts the client; a 3.1.1 return code from 2 to 5 refuses it. */
  authenticate(connection: C, decide: (returnCode: number) => void): void;
  /** CONNACK with this code is due: return code before 5.0, reason code in 5.0. */
  connack(connection: C, code: number): void;
  /** The client is connected: the packets after its CONNECT may be processed. */
  ready(connection: C): void;
  /** A packet from aedes to the client: PINGRESP. */
  send(connection: C, packet: Uint8Array): void;
  keepAliveExpired(connection: C): void;
  willDue(connection: C): void;
  /** The connection has ended. May be called more than once. */
  closed(connection: C): void;
  /** The session's expiry interval after the end of the connection is over. */
  sessionExpired(connection: C): void;
  error(message: string): void;
}

export interface LifecycleOptions {
  connectMs: number;
  /** The longest session expiry interval that a client gets. */
  sessionExpirySeconds: number;
}

/** The broker's controls of one connection. */
export interface ConnectionLife {
  /** Passes a CONNECT, PINGREQ, DISCONNECT or AUTH packet to aedes. */
  pass(packet: Uint8Array): void;
  /** Any other packet has come: the keep alive starts anew. */
  restartKeepAlive(): void;
  readonly closed: boolean;
  /** Seconds that the session outlives the connection; 0xFFFFFFFF: for ever. */
  readonly sessionExpiryInterval: number;
  /** The client's byte stream has ended. */
  ended(): void;
  close(done?: () => void): void;
}

const CONNACK = 2;
/** Six days: aedes' heartbeat is for clusters, and it cannot be switched off. */
const NEVER_MS = 2 ** 29 - 1;
/** aedes keeps clients in a plain object: an identifier may be `__proto__`. */
const prefixed = (clientId: string): string => clientId && ` ${clientId}`;

/** For `$SYS`. */
export const engineVersion = `aedes version ${(Aedes.prototype as unknown as { version: string }).version}`;

export class Lifecycle<C extends object> {
  readonly #aedes: Aedes;
  readonly #events: LifecycleEvents<C>;
  readonly #persistence = new LifecyclePersistence<C>();

  constructor(options: LifecycleOptions, events: LifecycleEvents<C>) {
    this.#events = events;
    const connectionOf = (client: Client): C =>
      (client.conn as unknown as AedesStream<C>).connection;
    this.#aedes = new Aedes({
      mq: NO_EMITTER,
      persistence: this.#persistence,
      concurrency: 0,
      heartbeatInterval: NEVER_MS,
      connectTimeout: options.connectMs,
      // The gate checks their length.
      maxClientsIdLength: 65_536,
      sessionExpiryIntervalLimit: options.sessionExpirySeconds,
      preConnect: (client, packet, done) => {
        const { clientId, keepAlive } = events.connecting(connectionOf(client));
        packet.clientId = prefixed(clientId);
        packet.keepalive = keepAlive;
        done(null, true);
      },
      authenticate: (client, _userName, _password, done) =>
        events.authenticate(connectionOf(client), (returnCode) => {
          if (returnCode === 0) done(null, true);
          else done(Object.assign(new Error(), { returnCode }) as AuthenticateError, false);
        }),
      // Called for wills only. The broker publishes them itself; the error keeps aedes from doing
      // so.
      authorizePublish: (client, _will, done) => {
        events.willDue(connectionOf(client!));
        done(PUBLISHED);
      },
    });
    const aedes = this.#aedes;
    aedes.on('clientReady', (client) => events.ready(connectionOf(client)));
    aedes.on('clientDisconnect', (client) => events.closed(connectionOf(client)));
    aedes.on('keepaliveTimeout', (client) => events.keepAliveExpired(connectionOf(client)));
    aedes.on('sessionExpired', (client) => events.sessionExpired(connectionOf(client)));
    const emitter = aedes as unknown as Emitter;
    emitter.on('error', (error) => events.error(error.message));
  }

  listen(): Promise<void> {
    return this.#aedes.listen();
  }

  /** A new connection, whose first packet is to be passed. */
  open(connection: C): ConnectionLife {
    const events = this.#events;
    const stream = new AedesStream(connection, (packet) => {
      // The broker adds the rest of CONNACK.
      if (packet[0]! >> 4 === CONNACK) events.connack(connection, packet[3]!);
      else events.send(connection, packet);
    });
    const client = this.#aedes.handle(stream as never) as AedesClient;
    stream.on('close', () => events.closed(connection));
    return new AedesConnection(stream, client);
  }

  /** A clean start ends the session before it: a will that waits for its delay is due now (5.0 [MQTT-3.1.2-8]). */
  publishPendingWill(clientId: string): void {
    const connection = this.#persistence.takeWill(prefixed(clientId));
    if (connection) this.#events.willDue(connection);
  }

  /** All wills are due, those that wait for their delay too: the broker stops. */
  publishWills(): void {
    for (const connection of this.#persistence.takeWills()) this.#events.willDue(connection);
  }

  /** The session is gone: aedes' timer for it is not needed. */
  forgetSession(clientId: string): void {
    (this.#aedes as unknown as AedesTimers).clearSessionExpiry(prefixed(clientId));
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => this.#aedes.close(resolve));
    this.#aedes.removeAllListeners();
  }
}

class AedesConnection implements ConnectionLife {
  readonly #stream: AedesStream<unknown>;
  readonly #client: AedesClient;

  constructor(stream: AedesStream<unknown>, client: AedesClient) {
    this.#stream = stream;
    this.#client = client;
  }

  get closed(): boolean {
    return this.#client.closed;
  }

  get sessionExpiryInterval(): number {
    return this.#client.sessionExpiryInterval;
  }

  pass(packet: Uint8Array): void {
    this.#stream.pass(packet);
  }

  restartKeepAlive(): void {
    this.#client._keepaliveTimer?.refresh();
  }

  ended(): void {
    this.#stream.destroy();
  }

  close(done?: () => void): void {
    this.#client.close(done);
  }
}

/** Members that aedes' typings leave out; `docs/broker.md` lists them. */
interface AedesClient extends Client {
  _keepaliveTimer: { refresh(): void } | null;
}
interface AedesTimers {
  clearSessionExpiry(clientId: string): void;
}
interface Emitter {
  on(event: 'error', listener: (error: Error) => void): void;
}

/** aedes announces clients to other brokers of a cluster: a room's broker is never in a cluster. */
const NO_EMITTER = {
  on: (_topic: string, _listener: unknown, done?: () => void) => done?.(),
  emit: (_packet: object, done?: () => void) => done?.(),
  close: (done: () => void) => done(),
};
const PUBLISHED = new Error('published by the broker itself');
