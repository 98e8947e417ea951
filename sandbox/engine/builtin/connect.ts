/** A client from CONNECT to the end of its session: authentication, take-over, CONNACK, its session. */
import { Buffer } from 'buffer';
import type { LifecycleEvents } from './aedes/lifecycle.ts';
import type { BrokerContext } from './context.ts';
import { ClientWindow } from './client-window.ts';
import type { Connection } from './connection.ts';
import { encodeConnack, encodeDisconnect } from '../../mqtt/encode.ts';
import type { Properties } from '../../protocol/mqtt.ts';
import { connectInfoOf } from './session.ts';

export interface ConnectHost {
  /** Publishes the will of a connection that has ended, or whose session ends. */
  publishWill(connection: Connection): void;
  /** Publishes now a will of this client that waits for its delay. */
  publishPendingWill(clientId: string): void;
}

/** Mosquitto's default (max_topic_alias). */
const TOPIC_ALIAS_MAXIMUM = 10;

export class ConnectHandler implements LifecycleEvents<Connection> {
  readonly #core: BrokerContext;
  readonly #host: ConnectHost;

  constructor(core: BrokerContext, host: ConnectHost) {
    this.#core = core;
    this.#host = host;
  }

  connecting(connection: Connection): { clientId: string; keepAlive: number } {
    const packet = connection.connect!;
    const info = (connection.connectInfo = connectInfoOf(packet));
    connection.version = packet.version;
    connection.clientId = packet.clientId;
    // 5.0 [MQTT-3.1.3-6], [MQTT-3.1.3-7]: a client may leave its identifier to the broker; before 5.0 only
    // with a clean session (3.1.1 [MQTT-3.1.3-8]).
    if (packet.clientId === '' && (packet.version === 5 || packet.clean)) {
      connection.clientId = connection.assignedId = newClientId();
    }
    this.#rename(connection);
    const most = this.#core.options.maxKeepAlive ?? 0;
    // [MQTT-3.2.2-21] CONNACK of 5.0 has it; an older client keeps its own, as with Mosquitto.
    if (packet.version === 5 && most > 0 && (info.keepAlive === 0 || info.keepAlive > most)) {
      info.keepAlive = connection.serverKeepAlive = most;
    }
    return { clientId: connection.clientId, keepAlive: info.keepAlive };
  }

  /** An empty identifier stays empty: it is refused. A 5.0 client learns which one it has, if it gave none. */
  #rename(connection: Connection): void {
    const { clientId, line } = connection;
    const { userName } = connection.connect!;
    if (clientId === '') return;
    const named = this.#core.options.nameOf?.({ clientId, userName, line });
    if (!named) return;
    connection.clientId = named.clientId;
    connection.connectInfo!.userName = named.userName;
    if (connection.assignedId !== undefined) connection.assignedId = connection.clientId;
  }

  /** `decide(0)` once the client has its session. */
  authenticate(connection: Connection, decide: (returnCode: number) => void): void {
    const { version, line, clientId } = connection;
    const { userName, password } = connection.connect!;
    connection.connect = null;
    const { keepAlive } = connection.connectInfo!;
    const credentials = { clientId, userName, password, version, keepAlive, line };
    const code = this.#core.options.authenticate?.(credentials) ?? 0;
    if (typeof code === 'number') return this.#admit(connection, code, decide);
    // The packets that follow the CONNECT wait.
    void code.then((later) => {
      if (!connection.life.closed) this.#admit(connection, later, decide);
    });
  }

  #admit(connection: Connection, code: number, decide: (returnCode: number) => void): void {
    const { retainAvailable } = this.#core;
    const { will } = connection.connectInfo!;
    if (code !== 0) {
      this.#core.logEnd('refused', connection);
      if (code !== 1) return decide(code);
      // Section 3.1.2.2: the protocol version.
      connection.refusal = 0x84;
      connection.returnCode = 1;
      return decide(5);
    }
    // The broker's own bridge has it.
    if (this.#core.sessions.byId.get(connection.clientId)?.inner) return decide(2);
    if (will && will.qos > connection.maxQoS) connection.refusal = 0x9b; // [MQTT-3.2.2-12]
    if (will?.retain && !retainAvailable) connection.refusal = 0x9a; // [MQTT-3.2.2-13]
    if (connection.refusal) return decide(5);
    this.#takeOver(connection, () => decide(0));
  }

  /** 3.1.1 [MQTT-3.1.4-2], 5.0 [MQTT-3.1.4-3]: the client with this identifier is disconnected before the new one is accepted. */
  #takeOver(connection: Connection, then: () => void): void {
    const { clientId } = connection;
    const old = this.#core.connectionWith(clientId);
    if (!old) {
      this.#openSession(connection);
      return then();
    }
    this.#core.logEnd('taken over', old);
    const told = this.#core.options.tellsTakeOver === false ? undefined : 0x8e;
    this.#core.end(old, told, () => {
      this.closed(old);
      if (!connection.life.closed) this.#takeOver(connection, then);
    });
  }

  #openSession(connection: Connection): void {
    const { clientId } = connection;
    const info = connection.connectInfo!;
    const { sessions, stats } = this.#core;
    // 5.0 [MQTT-3.1.2-8]: a delayed will is sent when its session ends, and a clean start ends it.
    if (info.clean) this.#host.publishPendingWill(clientId);
    const { session, present } = sessions.open(clientId, info);
    connection.session = session;
    connection.sessionPresent = present;
    if (!info.clean) this.#core.persistentChange();
    let connected = 0;
    for (const one of sessions.byId.values()) if (one.connected) connected++;
    stats.clientsMaximum = Math.max(stats.clientsMaximum, connected);
    this.#core.change();
  }

  connack(connection: Connection, code: number): void {
    const { version } = connection;
    const accepted = code === 0;
    // 3.1.1 [MQTT-3.2.2-2], 5.0 [MQTT-3.2.2-2], [MQTT-3.2.2-3]; 3.1 has no such flag.
    const present = accepted && connection.sessionPresent && version > 3;
    const refusal = version === 5 ? connection.refusal : connection.returnCode;
    const reasonCode = (!accepted && refusal) || code;
    const properties = this.#connackProperties(connection, accepted);
    const frame = encodeConnack(version, reasonCode, properties, present);
    connection.acknowledged = connection.respond(frame) && accepted;
  }

  #connackProperties(connection: Connection, accepted: boolean): Properties {
    const { maxQoS, assignedId, serverKeepAlive, connectInfo } = connection;
    const { options, receiveMaximum, retainAvailable } = this.#core;
    const properties: Properties = {};
    if (accepted) {
      properties.topicAliasMaximum = TOPIC_ALIAS_MAXIMUM;
      if (options.maxPacketSize) properties.maximumPacketSize = options.maxPacketSize;
      // Section 3.2.2.3.3: absent means 65,535.
      if (receiveMaximum < 65_535) properties.receiveMaximum = receiveMaximum;
      if (serverKeepAlive !== undefined) properties.serverKeepAlive = serverKeepAlive;
      // Section 3.2.2.3.2
      const most = Math.ceil(this.#core.limits.offlineSessionMs / 1000);
      if ((connectInfo!.sessionExpiryInterval ?? 0) > most) properties.sessionExpiryInterval = most;
      // [MQTT-3.2.2-16]
      if (assignedId !== undefined) properties.assignedClientIdentifier = assignedId;
      // Section 3.2.2.3.5 and [MQTT-3.2.2-14].
      if (!retainAvailable) properties.retainAvailable = 0;
    }
    // [MQTT-3.2.2-9] Named only if it is not 2; a refusal names it too, as Mosquitto's does.
    if (maxQoS < 2) properties.maximumQoS = maxQoS;
    return properties;
  }

  /** CONNACK is written: the session's queued messages follow. */
  ready(connection: Connection): void {
    const { session } = connection;
    if (!session) return;
    const { connectInfo } = session;
    const { version, clean, keepAlive, userName, bridge = false } = connectInfo;
    const { line } = connection;
    const { clientId } = session;
    this.#core.logConnection(
      'notice',
      this.#core.words.connected({ clientId, line, version, clean, keepAlive, userName, bridge }),
    );
    session.outgoing.attach(new ClientWindow(connection, connectInfo, this.#core.maxInflight));
    connection.open();
    this.#core.change();
  }

  send(connection: Connection, packet: Uint8Array): void {
    connection.respond(packet);
  }

  /**
   * 3.1.1 [MQTT-3.1.2-24], 5.0 [MQTT-3.1.2-22]: one and a half times the keep alive has passed;
   * aedes closes the connection next.
   */
  keepAliveExpired(connection: Connection): void {
    this.#core.logEnd('timeout', connection);
    connection.endedBy = 'broker';
    if (connection.version === 5) connection.send(encodeDisconnect(0x8d));
  }

  willDue(connection: Connection): void {
    this.#host.publishWill(connection);
  }

  closed(connection: Connection): void {
    const { session } = connection;
    this.#core.connections.delete(connection);
    connection.close();
    if (!session) return;
    connection.session = null;
    const causes = { client: 'disconnected', broker: null, line: 'lost' } as const;
    const cause = causes[connection.endedBy ?? 'line'];
    if (cause) this.#core.logEnd(cause, connection);
    this.#core.sessions.disconnected(session, connection.life.sessionExpiryInterval);
    this.#core.change();
  }

  sessionExpired({ clientId }: Connection): void {
    const session = this.#core.sessions.byId.get(clientId);
    if (!session || session.connected) return;
    this.#core.stats.clientsExpired++;
    this.#core.sessions.end(session);
  }

  error(message: string): void {
    this.#core.logConnection('error', message);
  }
}

/** As Mosquitto makes them: a prefix and a random UUID. */
function newClientId(): string {
  const hex = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex');
  const groups = /(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(hex.toUpperCase())!.slice(1);
  return `auto-${groups.join('-')}`;
}
