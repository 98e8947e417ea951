/**
 * The interface between a room and its broker, which is called its engine. A `Room` is constructed
 * with an `EngineFactory`; `suite.test.ts` tests every engine on the wire.
 */
import type { Duplex } from 'readable-stream';
import type { LimitValues } from '../shared/config.ts';
import type { MqttVersion, Packet, Properties, QoS } from '../protocol/mqtt.ts';
import type { BrokerState } from '../protocol/state.ts';
import type { LimitEffect, LogEntry } from '../protocol/trace.ts';
import type { SavedState } from './saved-state.ts';

export interface ClientName {
  clientId: string;
  userName?: string | undefined;
}

export interface Credentials extends ClientName {
  password?: Uint8Array | undefined;
  version: MqttVersion;
  /** Seconds, as in CONNECT. */
  keepAlive: number;
  line: number;
}

/** How a connection ended; a client that the broker ends for another reason is not logged. */
export type ConnectionEnd = 'refused' | 'timeout' | 'disconnected' | 'lost' | 'taken over';

/** The log's lines on connections; undefined: none. */
export interface LogWords {
  connected(client: {
    clientId: string;
    line: number;
    version: MqttVersion;
    clean: boolean;
    keepAlive: number;
    userName?: string | undefined;
    /** It is another broker's bridge. */
    bridge?: boolean;
  }): string;
  ended(
    how: ConnectionEnd,
    clientId: string,
    line: number,
  ): { level: LogEntry['level']; text: string };
}

export type BrokerLimits = Pick<
  LimitValues,
  | 'connectMs'
  | 'unsentBytes'
  | 'subscriptionsPerClient'
  | 'filtersPerSubscribe'
  | 'retainedPerSecond'
  | 'retainedTopics'
  | 'retainedBytes'
  | 'offlineSessions'
  | 'offlineSessionMs'
  | 'queuedMessages'
  | 'queuedBytes'
  | 'sessionMessages'
>;

export interface BrokerOptions {
  /**
   * 0, or the 3.1.1 return code 2 … 5, which 5.0 clients get as their reason code; 1: the protocol
   * version is not accepted (5.0: 0x84).
   */
  authenticate?(client: Credentials): number | Promise<number>;
  /**
   * Under which identifier and user name the broker knows a client, before it authenticates it: of its session,
   * of take-over, in the log and for every rule. Default: the client's own.
   */
  nameOf?(client: ClientName & { line: number }): ClientName;
  /** False: 3.1.1 acknowledges and drops, as Mosquitto does; 5.0 gets 0x87. */
  authorizePublish?(
    client: ClientName,
    topic: string,
    message: { payloadBytes: number; retain: boolean; payload?: Uint8Array },
  ): boolean;
  /** False: SUBACK 0x80 (3.1.1) or 0x87. `group`: the ShareName of a shared subscription. */
  authorizeSubscribe?(client: ClientName, filter: string, group?: string): boolean;
  /** False: this message is not sent to this client. Called for each delivery. */
  authorizeDeliver?(client: ClientName, topic: string): boolean;
  /** Default 2. Above it: 5.0 DISCONNECT 0x9B; 3.1.1 a closed line. */
  maxQoS?: QoS;
  /** For one line, if listeners differ; absent or undefined: `maxQoS`. */
  maxQoSOf?(line: number): QoS | undefined;
  /** Bytes of a payload; 0: any. 3.1.1 acknowledges and drops larger ones; 5.0: DISCONNECT 0x95. Default 0. */
  messageSizeLimit?: number;
  /** Default true. */
  retainAvailable?: boolean;
  /** Unacknowledged messages to one client; 0: as many as the limit `sessionMessages`. Default 20, as Mosquitto. */
  maxInflight?: number;
  /** Messages that wait for one client; 0 or absent: the limit `queuedMessages`. At most `sessionMessages`. */
  maxQueued?: number;
  /**
   * Seconds; 0: no limit. 5.0 clients receive it (Server Keep Alive); older clients keep their own.
   * Default 0.
   */
  maxKeepAlive?: number;
  /**
   * Unacknowledged messages of one 5.0 client towards the broker; 65,535, MQTT's default, is not
   * sent. Default 500.
   */
  receiveMaximum?: number;
  /** Seconds that a session outlives its connection, whatever its client asked for; clients are not told. 0: no limit. */
  maxSessionExpiry?: number;
  /** Sent to 5.0 clients in CONNACK; the frame cutter enforces it. 0: not sent. Default 0. */
  maxPacketSize?: number;
  /** `$SYS/broker/…`; false: none. */
  sys?: { version: string; intervalMs: number } | false;
  /** Whether a 5.0 client learns that another took its session (DISCONNECT 0x8E). Default true. */
  tellsTakeOver?: boolean;
  /** Default: those of Mosquitto 2.0. */
  logWords?: LogWords;
  /** False: the log has no line for clients that connect or disconnect. Default true. */
  connectionMessages?: boolean;
  /** What it read from its disk: it begins with that. */
  restore?: SavedState;
  /** False: sessions of `restore` last until their clients come back, as in Mosquitto 2.0.11. Default true. */
  restoredExpire?: boolean;
  /** Something is different that `save` would save, as Mosquitto counts it for autosave_on_changes. */
  onPersistentChange?(): void;
  limits?: Partial<BrokerLimits>;
  /** A limit of the sandbox stopped something of this client. */
  onLimit?(
    limit: keyof BrokerLimits,
    clientId: string,
    line: number | null,
    effect: LimitEffect,
  ): void;
}

export interface RoomMessage {
  topic: string;
  payload: Uint8Array | string;
  qos?: QoS;
  retain?: boolean;
}

export interface InnerClientOptions {
  clientId: string;
  /** What its peer speaks; seconds. */
  version: MqttVersion;
  keepAlive: number;
  /** Nothing waits for it while it has no peer. */
  clean: boolean;
}

/** The other end of a bridge's connection. */
export interface InnerPeer {
  readonly version: MqttVersion;
  /** Of its CONNACK; undefined: as many, or as large, as MQTT allows. */
  readonly receiveMaximum: number | undefined;
  readonly maximumPacketSize: number | undefined;
  /** It takes messages to be retained. */
  readonly retains: boolean;
  /** One whole packet. */
  send(frame: Uint8Array): void;
  /** Bytes that wait because the peer does not read. */
  readonly unsent: number;
  /** The peer's topic for a message; undefined: it is not sent. */
  topicOf(message: PassingMessage): string | undefined;
  /** This broker's topic for a message of the peer; undefined: it is acknowledged and not published. */
  localTopic(message: PassingMessage): string | undefined;
}

export interface PassingMessage {
  topic: string;
  payload: Uint8Array;
  /** Client id; absent: the room itself. */
  publisher?: string | undefined;
}

/**
 * A client in the broker itself, without a connection to it: the local side of a bridge. No rule of
 * the ACL file holds for it. Its session lasts as long as the broker.
 */
export interface InnerClient {
  /** In the place of those it had. It gets no message of its own, and RETAIN as it was published. */
  subscribe(subscriptions: readonly { filter: string; qos: QoS }[]): void;
  /** The retained messages that its subscriptions match. */
  sendRetained(): void;
  /** What is in flight is sent, then the retained messages of its subscriptions, then what waits. */
  connect(peer: InnerPeer): void;
  disconnect(): void;
  /** A PUBLISH or an acknowledgement of the peer; it is answered. */
  receive(packet: Packet): void;
  publish(message: {
    topic: string | undefined;
    payload: Uint8Array;
    qos: QoS;
    retain: boolean;
    properties?: Properties;
  }): void;
  /** A packet identifier for another packet to the peer. */
  nextId(): number;
  /** Messages that wait or are in flight. */
  readonly waiting: number;
}

export interface AcceptedLine {
  line: number;
  /** The listener of the room's files that accepted it; undefined without files. */
  port?: number | undefined;
}

/** What an engine can do besides the protocol. An engine that can't omits the method. */
export interface EngineCapabilities {
  /** As it is now. */
  state(): BrokerState;
  /** Called whenever `state()` would return something else; many times for one packet. */
  onChange(listener: () => void): void;
  /** The broker's log, with Mosquitto's own messages if it has any. */
  onLog(listener: (level: LogEntry['level'], text: string) => void): void;
  /** From the room itself: no rule and no limit of `BrokerOptions` holds for it. */
  publish(message: RoomMessage): Promise<void>;
  /** Removes a retained message; subscribers receive nothing. */
  clearRetained(topic: string): Promise<void>;
  /** Ends a client's connection (5.0: 0x98). Returns false if it has none. */
  disconnect(clientId: string): boolean;
  /** A client in the broker itself. Its session may be one that the broker has restored. */
  innerClient(options: InnerClientOptions): Promise<InnerClient>;
  /** What a file would hold. `everything`: the sessions and subscriptions too that Mosquitto does not save. */
  save(everything?: boolean): SavedState;
  /** Before it stops: the wills of all clients, at once, as if their connections had been lost. */
  publishWills(): void;
}

export interface Broker extends Partial<EngineCapabilities> {
  /**
   * Takes a duplex that carries whole, valid MQTT packets from one client. The engine ends it as
   * soon as it has disconnected the client. The stream emits `unread` while the line does not read
   * what the client may have sent: the engine then restarts the client's keep alive.
   */
  handle(stream: Duplex, accepted: AcceptedLine): void;
  /** Ends every connection; when it is done, nothing of the broker is left. */
  close(): Promise<void>;
}

/** Starts a broker that holds nothing yet. A room calls it once for each run. */
export type EngineFactory = (options: BrokerOptions) => Promise<Broker>;
