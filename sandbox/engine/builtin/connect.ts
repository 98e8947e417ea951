/** A client from CONNECT to its end: who may come in, take-over, its session, its last words. */
import { Buffer } from 'buffer';
import { type AedesClient, type AedesConnect, ownerOf } from './aedes/types.ts';
import { connectionOf, type BrokerContext } from './context.ts';
import { ClientWindow } from './client-window.ts';
import type { Connection } from './connection.ts';
import { encodeDisconnect } from '../../mqtt/encode.ts';

export interface ConnectHost {
  /** Publishes now a will that waits for its delay, if there is one. */
  publishDelayedWill(clientId: string): void;
}

export class ConnectHandler {
  readonly #core: BrokerContext;
  readonly #host: ConnectHost;

  constructor(core: BrokerContext, host: ConnectHost) {
    this.#core = core;
    this.#host = host;
  }

  /** aedes has read CONNECT, and judged nothing yet. */
  connecting(client: AedesClient, packet: AedesConnect): void {
    const connection = connectionOf(client)!;
    connection.version = packet.protocolVersion ?? 4;
    connection.connectInfo = ownerOf(packet);
    // 5.0 [MQTT-3.1.3-6], [MQTT-3.1.3-7]: a client may leave its identifier to the broker. Before 5.0 only with a
    // clean session (3.1.1 [MQTT-3.1.3-8]): aedes refuses the others.
    if (packet.clientId === '' && (connection.version === 5 || packet.clean)) {
      packet.clientId = connection.assignedId = this.#newId();
    }
  }

  /** 0 once the client has its session, or the 3.1.1 return code of a refusal. */
  authenticate(
    client: AedesClient,
    password: Uint8Array | undefined,
    answer: (returnCode: number) => void,
  ): void {
    const connection = connectionOf(client)!;
    const { version, line } = connection;
    const { userName } = connection.connectInfo!;
    const clientId = client.id;
    const credentials = { clientId, userName, password, version, line };
    const code = this.#core.options.authenticate?.(credentials) ?? 0;
    if (typeof code === 'number') return this.#admit(client, code, answer);
    // Its stream holds back whatever follows the CONNECT.
    void code.then((later) => {
      if (!client.closed) this.#admit(client, later, answer);
    });
  }

  #admit(client: AedesClient, code: number, answer: (returnCode: number) => void): void {
    const connection = connectionOf(client)!;
    const { retainAvailable } = this.#core;
    const { maxQoS } = connection;
    const { will } = connection.connectInfo!;
    if (code !== 0) {
      this.#core.log('notice', `Client ${client.id} disconnected, not authorised.`);
      return answer(code);
    }
    if (will && will.qos > maxQoS) connection.refusal = 0x9b; // [MQTT-3.2.2-12]
    if (will?.retain && !retainAvailable) connection.refusal = 0x9a; // [MQTT-3.2.2-13]
    if (connection.refusal) return answer(5);
    this.#shortenKeepAlive(client, connection);
    this.#takeOver(client, connection, () => answer(0));
  }

  /** CONNACK is written: what the session owes the client follows. */
  ready(client: AedesClient): void {
    const connection = connectionOf(client)!;
    const { session } = connection;
    if (!session) return;
    const { version, clean, keepAlive, userName, topicAliasMaximum } = session.connectInfo;
    const user = userName === undefined ? '' : `, u'${userName}'`;
    const protocol = version === 5 ? 5 : version - 2;
    this.#core.log(
      'notice',
      `New client connected from line ${connection.line} as ${client.id} ` +
        `(p${protocol}, c${clean ? 1 : 0}, k${keepAlive}${user}).`,
    );
    session.outgoing.attach(
      new ClientWindow(connection, {
        version,
        maxInflight: this.#core.maxInflight,
        receiveMaximum: client.receiveMaximum,
        maximumPacketSize: client.maximumPacketSize,
        topicAliasMaximum,
      }),
    );
    connection.stream.open();
    this.#core.change();
  }

  /** 3.1.1 [MQTT-3.1.2-24], 5.0 [MQTT-3.1.2-22]: one and a half times the keep alive is over; aedes closes the connection next. */
  timedOut(client: AedesClient): void {
    const connection = connectionOf(client)!;
    this.#core.log('notice', `Client ${client.id} has exceeded timeout, disconnecting.`);
    connection.endedBy = 'broker';
    if (connection.version === 5) connection.send(encodeDisconnect(0x8d));
  }

  /** Its connection is gone, for whatever reason. May be called again. */
  gone(client: AedesClient): void {
    const connection = connectionOf(client);
    const session = connection?.session;
    if (!connection || !session) return;
    connection.session = null;
    const words = { client: 'disconnected', broker: null, line: 'closed its connection' };
    const what = words[connection.endedBy ?? 'line'];
    if (what) this.#core.log('notice', `Client ${client.id} ${what}.`);
    this.#core.sessions.disconnected(session, client.sessionExpiryInterval);
    this.#core.change();
  }

  /** aedes' timer for a session that outlived its connection ran out. */
  expired(clientId: string): void {
    const session = this.#core.sessions.byId.get(clientId);
    // aedes asks at a clean start, too: `#takeOver` has done it by then.
    if (!session || session.connected) return;
    this.#core.stats.clientsExpired++;
    this.#core.sessions.end(session);
  }

  /** 3.1.1 [MQTT-3.1.4-2], 5.0 [MQTT-3.1.4-3]: the client that has this id goes first; only then does the new one get in. */
  #takeOver(client: AedesClient, connection: Connection, then: () => void): void {
    const old = this.#core.connectionWith(client.id);
    if (!old) {
      this.#openSession(client, connection);
      return then();
    }
    this.#core.log('error', `Client ${client.id} already connected, closing old connection.`);
    this.#core.end(old, 0x8e, () => {
      this.gone(old.client!);
      if (!client.closed) this.#takeOver(client, connection, then);
    });
  }

  /** [MQTT-3.2.2-21] Only 5.0 can be told; an older client's own is obeyed, as Mosquitto does. */
  #shortenKeepAlive(client: AedesClient, { version, connectInfo: owner }: Connection): void {
    const most = this.#core.options.maxKeepAlive ?? 0;
    if (version < 5 || most === 0) return;
    if (owner!.keepAlive !== 0 && owner!.keepAlive <= most) return;
    owner!.keepAlive = most;
    client._serverKeepAlive = most;
  }

  /** As Mosquitto makes them: prefix and a random UUID. */
  #newId(): string {
    const hex = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('hex');
    const groups = /(.{8})(.{4})(.{4})(.{4})(.{12})/.exec(hex.toUpperCase())!.slice(1);
    return (this.#core.options.autoIdPrefix ?? 'auto-') + groups.join('-');
  }

  #openSession(client: AedesClient, connection: Connection): void {
    const owner = connection.connectInfo!;
    const { sessions, stats } = this.#core;
    // 5.0 [MQTT-3.1.2-8]: a delayed will is sent when its session ends, and a clean start ends it.
    if (owner.clean) this.#host.publishDelayedWill(client.id);
    const { session, present } = sessions.open(client.id, owner);
    connection.session = session;
    connection.sessionPresent = present;
    client.clean = false;
    let connected = 0;
    for (const one of sessions.byId.values()) if (one.connected) connected++;
    stats.clientsMaximum = Math.max(stats.clientsMaximum, connected);
    this.#core.change();
  }
}
