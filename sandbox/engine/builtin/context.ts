/** State and options that the parts of one broker share. */
import { BrokerStats } from './stats.ts';
import type {
  BrokerLimits,
  BrokerOptions,
  ClientName,
  ConnectionEnd,
  LogWords,
} from '../broker.ts';
import { defaults, limitValues } from '../../shared/config.ts';
import type { Connection, ConnectionHost } from './connection.ts';
import { encodeDisconnect } from '../../mqtt/encode.ts';
import { StoredBytes } from './stored-bytes.ts';
import { usualLogWords } from './log-words.ts';
import type { Message } from './message.ts';
import type { Packet, QoS } from '../../protocol/mqtt.ts';
import type { LogEntry } from '../../protocol/trace.ts';
import { RetainedStore } from './retained-store.ts';
import { Router } from './router.ts';
import type { Session } from './session.ts';
import { SessionStore } from './session-store.ts';
import { SysTopics } from './sys-topics.ts';

/** Mosquitto's default (max_inflight_messages). */
const INFLIGHT = 20;
/**
 * Mosquitto's default is 20. MQTT.js ignores the value: a loop of a few hundred publishes must not
 * end a learner's connection.
 */
const RECEIVE_MAXIMUM = 500;

export interface ContextHost {
  /** For `$SYS`. */
  readonly version: string;
  packet(connection: Connection, session: Session, packet: Packet): void;
  /** A session has been ended to make room. */
  evicted(clientId: string): void;
}

export class BrokerContext implements ConnectionHost {
  readonly options: BrokerOptions;
  readonly limits: BrokerLimits;
  readonly maxQoS: QoS;
  readonly retainAvailable: boolean;
  readonly maxInflight: number;
  readonly receiveMaximum: number;
  readonly words: LogWords;
  readonly stats = new BrokerStats();
  readonly sessions: SessionStore;
  readonly retained: RetainedStore;
  readonly router: Router;
  readonly sys: SysTopics | null;
  readonly connections = new Set<Connection>();
  readonly changeListeners: (() => void)[] = [];
  readonly #host: ContextHost;
  readonly logListeners: ((level: LogEntry['level'], text: string) => void)[] = [];
  constructor(options: BrokerOptions, host: ContextHost) {
    this.#host = host;
    this.options = options;
    this.maxQoS = options.maxQoS ?? 2;
    this.retainAvailable = options.retainAvailable ?? true;
    this.receiveMaximum = options.receiveMaximum ?? RECEIVE_MAXIMUM;
    this.words = options.logWords ?? usualLogWords;
    const limits = (this.limits = complete(options.limits));
    const most = limits.sessionMessages;
    this.maxInflight = Math.min((options.maxInflight ?? INFLIGHT) || most, most);
    this.retained = new RetainedStore(limits);
    this.sessions = new SessionStore(
      {
        maxQueued: Math.min(options.maxQueued || limits.queuedMessages, most),
        stored: new StoredBytes(limits.queuedBytes),
        unsentBytes: limits.unsentBytes,
        dropped: (session, reason) => this.#dropped(session.clientId, reason),
        changed: () => this.change(),
        persistentChange: () => this.persistentChange(),
        passOn: (group, delivery) => this.router.routeToGroup(group, delivery.message),
        evicted: (clientId) => {
          host.evicted(clientId);
          this.options.onLimit?.('offlineSessions', clientId, null, 'dropped');
        },
      },
      limits,
    );
    const mayDeliver = options.authorizeDeliver?.bind(options);
    this.router = new Router(this.sessions, {
      mayReceive:
        mayDeliver && ((session, topic) => session.inner || mayDeliver(nameOf(session), topic)),
    });
    const sys = options.sys ?? { version: host.version, intervalMs: defaults.sysIntervalMs };
    const { sessions, retained, stats } = this;
    this.sys = sys
      ? new SysTopics({ version: sys.version, sessions, retained, stats }, sys.intervalMs, (one) =>
          this.router.route(one),
        )
      : null;
  }

  packet(connection: Connection, session: Session, packet: Packet): void {
    this.#host.packet(connection, session, packet);
  }

  connectionWith(clientId: string): Connection | undefined {
    for (const connection of this.connections) {
      if (connection.session?.clientId === clientId) return connection;
    }
    return undefined;
  }

  /**
   * Ends a connection; a 5.0 client receives DISCONNECT with the code, if there is one
   * ([MQTT-3.14.0-1]: not before CONNACK).
   */
  end(connection: Connection, reasonCode: number | undefined, then?: () => void): void {
    connection.endedBy ??= 'broker';
    const { acknowledged, version } = connection;
    if (version === 5 && acknowledged && reasonCode !== undefined)
      connection.send(encodeDisconnect(reasonCode));
    connection.life.close(then);
  }

  /** Retains the message if it is to be retained, and routes it. */
  publish(message: Message): void {
    if (message.retain) {
      this.retained.set(message);
      this.persistentChange();
    }
    this.change();
    this.router.route(message);
  }

  change(): void {
    for (const listener of this.changeListeners) listener();
  }

  /** Counted as src/database.c, src/retain.c and the handlers of packets do. */
  persistentChange(): void {
    this.options.onPersistentChange?.();
  }

  log(level: LogEntry['level'], text: string): void {
    for (const listener of this.logListeners) listener(level, text);
  }

  /** Logs that a client connects or disconnects; a broker's files may turn it off. */
  logConnection(level: LogEntry['level'], text: string): void {
    if (this.options.connectionMessages !== false) this.log(level, text);
  }

  logEnd(how: ConnectionEnd, { clientId, line }: Connection): void {
    const { level, text } = this.words.ended(how, clientId, line);
    this.logConnection(level, text);
  }

  #dropped(clientId: string, reason: string): void {
    this.stats.publishDropped++;
    if (reason !== 'queue' && reason !== 'bytes') return;
    this.log('notice', `Outgoing messages are being dropped for client ${clientId}.`);
    const limit = reason === 'queue' ? 'queuedMessages' : 'queuedBytes';
    const line = this.connectionWith(clientId)?.line ?? null;
    this.options.onLimit?.(limit, clientId, line, 'dropped');
  }
}

/** One object for all brokers without limits of their own. */
const DEFAULT_LIMITS: BrokerLimits = limitValues();

function complete(limits: Partial<BrokerLimits> | undefined): BrokerLimits {
  if (!limits) return DEFAULT_LIMITS;
  const whole = (Object.keys(DEFAULT_LIMITS) as (keyof BrokerLimits)[]).every(
    (name) => limits[name] !== undefined,
  );
  return whole ? (limits as BrokerLimits) : { ...DEFAULT_LIMITS, ...limits };
}

export function nameOf(session: {
  clientId: string;
  connectInfo: { userName?: string | undefined };
}): ClientName {
  return { clientId: session.clientId, userName: session.connectInfo.userName };
}
