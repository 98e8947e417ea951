/** What the parts of one broker share; knows nothing of aedes. */
import { BrokerStats } from './stats.ts';
import type { BrokerLimits, BrokerOptions, ClientName } from '../broker.ts';
import type { AedesClient } from './aedes/types.ts';
import { ClientStream } from './aedes/stream.ts';
import { defaults, limitValues } from '../../shared/config.ts';
import type { Connection } from './connection.ts';
import { encodeDisconnect } from '../../mqtt/encode.ts';
import { StoredBytes } from './stored-bytes.ts';
import type { Message } from './message.ts';
import type { QoS } from '../../protocol/mqtt.ts';
import type { LogEntry } from '../../protocol/trace.ts';
import { RetainedStore } from './retained-store.ts';
import { Router } from './router.ts';
import { SessionStore } from './session-store.ts';
import { SysTopics } from './sys-topics.ts';

/** Mosquitto's default (max_inflight_messages). */
const INFLIGHT = 20;
/**
 * Mosquitto says 20 here, too. MQTT.js sends on without looking: a loop of a few hundred publishes
 * must not end a learner's connection.
 */
const RECEIVE_MAXIMUM = 500;
/** Mosquitto's default (max_topic_alias). */
const TOPIC_ALIASES = 10;

export class BrokerContext {
  readonly options: BrokerOptions;
  readonly limits: BrokerLimits;
  readonly maxQoS: QoS;
  readonly retainAvailable: boolean;
  readonly maxInflight: number;
  readonly receiveMaximum: number;
  readonly topicAliasMaximum: number;
  readonly stats = new BrokerStats();
  readonly sessions: SessionStore;
  readonly retained: RetainedStore;
  readonly router: Router;
  readonly sys: SysTopics | null;
  readonly connections = new Set<Connection>();
  readonly changeListeners: (() => void)[] = [];
  readonly logListeners: ((level: LogEntry['level'], text: string) => void)[] = [];
  /** aedes holds a timer for a session that is gone. */
  evicted: (clientId: string) => void = () => {};

  constructor(options: BrokerOptions, engineVersion: string) {
    this.options = options;
    this.maxQoS = options.maxQoS ?? 2;
    this.retainAvailable = options.retainAvailable ?? true;
    this.receiveMaximum = options.receiveMaximum ?? RECEIVE_MAXIMUM;
    this.topicAliasMaximum = options.topicAliasMaximum ?? TOPIC_ALIASES;
    const limits = (this.limits = complete(options.limits));
    const most = limits.sessionMessages;
    this.maxInflight = Math.min((options.maxInflight ?? INFLIGHT) || most, most);
    this.retained = new RetainedStore(limits);
    this.sessions = new SessionStore(
      {
        maxQueued: Math.min(options.maxQueued || limits.queuedMessages, most),
        held: new StoredBytes(limits.queuedBytes),
        unsentBytes: limits.unsentBytes,
        dropped: (session, reason) => this.#dropped(session.clientId, reason),
        changed: () => this.change(),
        passOn: (group, delivery) => this.router.routeToGroup(group, delivery.message),
        evicted: (clientId) => {
          this.evicted(clientId);
          this.options.onLimit?.('offlineSessions', clientId, null, 'dropped');
        },
      },
      limits,
    );
    const mayDeliver = options.authorizeDeliver?.bind(options);
    this.router = new Router(this.sessions, {
      mayReceive: mayDeliver && ((session, topic) => mayDeliver(nameOf(session), topic)),
    });
    const sys = options.sys ?? { version: engineVersion, intervalMs: defaults.sysIntervalMs };
    const { sessions, retained, stats } = this;
    this.sys = sys
      ? new SysTopics({ version: sys.version, sessions, retained, stats }, sys.intervalMs, (one) =>
          this.router.route(one),
        )
      : null;
  }

  add(client: AedesClient, connection: Connection): void {
    this.connections.add(connection);
    connection.client = client;
  }

  connectionWith(clientId: string): Connection | undefined {
    for (const connection of this.connections) {
      if (connection.session?.clientId === clientId) return connection;
    }
    return undefined;
  }

  /** Ends a connection; a 5.0 client is told why ([MQTT-3.14.0-1]: not before CONNACK). */
  end(connection: Connection, reasonCode: number, then?: () => void): void {
    connection.endedBy ??= 'broker';
    connection.stream.flush();
    const told = connection.version === 5 && connection.acknowledged;
    if (told) connection.send(encodeDisconnect(reasonCode));
    connection.client!.close(then);
  }

  /** To be kept where it is retained, and to whoever subscribes. */
  publish(message: Message): void {
    if (message.retain) this.retained.set(message);
    this.change();
    this.router.route(message);
  }

  change(): void {
    for (const listener of this.changeListeners) listener();
  }

  log(level: LogEntry['level'], text: string): void {
    for (const listener of this.logListeners) listener(level, text);
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

/** aedes gives its client, whose stream is ours. */
export function connectionOf(client: { conn?: unknown }): Connection | undefined {
  return client.conn instanceof ClientStream ? (client.conn.host as Connection) : undefined;
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
