/** A conf that was read to its end, as the settings of a broker: defaults in, strings out. */
import type { QoS } from '../../protocol/mqtt.ts';
import type { Facts } from './changes.ts';
import { defaultListenerIsUsed } from './default-listener.ts';
import { newListener } from './parse-state.ts';
import { flag, number, text } from './setting-values.ts';
import type { ConfState, ListenerDraft, LogType, PluginDraft, Settings } from './parse-state.ts';

export interface SecurityConf {
  allowAnonymous: boolean;
  /** Paths as written. */
  passwordFile?: string;
  aclFile?: string;
  pskFile?: string;
  allowZeroLengthClientId: boolean;
  plugins: readonly PluginDraft[];
}

export interface TlsConf {
  certFile: string;
  keyFile: string;
  caFile?: string;
  /** Their texts, once they are loaded: certificates that somebody can look at. */
  pem?: { certificate: string; ca?: string | undefined };
}

export interface ListenerConf {
  /** 0: a Unix socket, which no client of a room reaches. */
  port: number;
  unixSocket?: string;
  httpDir?: string;
  /** The network interface that it is bound to. */
  interface?: string;
  /** As written; undefined: every address of the machine. */
  host?: string;
  protocol: 'mqtt' | 'websockets';
  /** Undefined: no limit. */
  maxConnections?: number;
  maxQoS: QoS;
  /** Only with certfile and keyfile both. */
  tls?: TlsConf;
  /** Pre-shared keys, which the sandbox does not support: no client can connect. */
  psk: boolean;
  requireCertificate: boolean;
  /** Where the user name comes from: the certificate, or CONNECT. */
  userNameFrom: 'connect' | 'identity' | 'subject';
  useUserNameAsClientId: boolean;
  /** The listener's own with per_listener_settings, else the broker's. */
  security: SecurityConf;
  /** Of 2.1, beside `security`: what `listener_allow_anonymous` and `plugin_use` say of it. */
  allowAnonymous?: boolean;
  plugins: readonly PluginDraft[];
  /** MQTT versions and web pages that it accepts; undefined: all. */
  versions?: ReadonlySet<number>;
  origins?: readonly string[];
  /** Where it was begun, for a message; line 0: it came from settings without a listener. */
  file: string;
  line: number;
}

/** Where it saves what it holds, and when besides at its end. */
export interface PersistenceConf {
  /** As Mosquitto writes it in its log. */
  path: string;
  /** Seconds, or with `onChanges` changes; 0: only at its end. */
  autosave: number;
  onChanges: boolean;
  /** By the plugin persist-sqlite: all sessions, as they change, `autosave` seconds later at most. */
  everything?: true;
}

export interface BrokerConf {
  /** No listener was given: 127.0.0.1 and ::1, port 1883, anonymous clients welcome. */
  localOnly: boolean;
  perListenerSettings: boolean;
  listeners: ListenerConf[];
  security: SecurityConf;
  /** `plugin_load` */
  loaded: readonly PluginDraft[];
  /** Whom it becomes once it has read the conf. */
  user: string;
  pidFile?: string;
  logFile?: string;
  /** Seconds. MQTT 5.0 only: longer values, and 0, are replaced by it (Server Keep Alive). */
  maxKeepAlive: number;
  /** Bytes of a whole packet; 0: no limit but the sandbox's. */
  maxPacketSize: number;
  /** Bytes of a payload; 0: no limit but the sandbox's. */
  messageSizeLimit: number;
  /** 0: no limit but MQTT's. */
  maxInflight: number;
  /** 0: no limit but the sandbox's. */
  maxQueued: number;
  retainAvailable: boolean;
  clientIdPrefix?: string;
  bridges: ConfState['bridges'];
  persistence?: PersistenceConf;
  /** As written; a plugin saves there, too. */
  persistenceLocation?: string;
  /** Seconds that a session outlives its connection, at most; 0: as long as its client asked for. */
  maxSessionExpiry: number;
  /** Of all listeners together; 0: no limit. */
  maxConnections: number;
  /** Whether connects and disconnects are logged. */
  connectionMessages: boolean;
  logTypes: ReadonlySet<LogType>;
  /** False with `log_dest none`: nothing is logged once the conf is read. */
  logs: boolean;
  /** How many places it logs to. */
  logDestinations: number;
}

/** `anonymous`: the default of allow_anonymous; undefined overrules what is. */
function security(
  settings: Settings,
  plugins: readonly PluginDraft[],
  anonymous: { standard: boolean } | { always: true },
): SecurityConf {
  const passwordFile = text(settings, 'password_file');
  const aclFile = text(settings, 'acl_file');
  const pskFile = text(settings, 'psk_file');
  return {
    allowAnonymous: 'always' in anonymous || flag(settings, 'allow_anonymous', anonymous.standard),
    allowZeroLengthClientId: flag(settings, 'allow_zero_length_clientid', true),
    plugins,
    ...(passwordFile === undefined ? {} : { passwordFile }),
    ...(aclFile === undefined ? {} : { aclFile }),
    ...(pskFile === undefined ? {} : { pskFile }),
  };
}

function listener(draft: ListenerDraft, itsSecurity: SecurityConf): ListenerConf {
  const { settings } = draft;
  const certFile = text(settings, 'certfile');
  const keyFile = text(settings, 'keyfile');
  const caFile = text(settings, 'cafile');
  const identity = flag(settings, 'use_identity_as_username', false);
  const subject = flag(settings, 'use_subject_as_username', false);
  const conf: ListenerConf = {
    port: draft.port === 0 && draft.unixSocket === undefined ? 1883 : draft.port,
    protocol: draft.protocol,
    maxQoS: number(settings, 'max_qos', 2) as QoS,
    psk: settings.has('psk_hint'),
    requireCertificate: flag(settings, 'require_certificate', false),
    userNameFrom: 'connect',
    useUserNameAsClientId: flag(settings, 'use_username_as_clientid', false),
    security: itsSecurity,
    plugins: itsSecurity.plugins === draft.plugins ? [] : draft.plugins,
    file: draft.file,
    line: draft.line,
  };
  const anonymous = settings.get('listener_allow_anonymous');
  if (typeof anonymous === 'boolean') conf.allowAnonymous = anonymous;
  if (draft.versions) conf.versions = draft.versions;
  if (draft.origins) conf.origins = draft.origins;
  if (draft.host !== undefined) conf.host = draft.host;
  if (draft.unixSocket !== undefined) conf.unixSocket = draft.unixSocket;
  const httpDir = text(settings, 'http_dir');
  if (httpDir !== undefined) conf.httpDir = httpDir;
  const bound = text(settings, 'bind_interface');
  if (bound !== undefined) conf.interface = bound;
  if (draft.maxConnections > 0) conf.maxConnections = draft.maxConnections;
  if (certFile !== undefined && keyFile !== undefined) {
    conf.tls = { certFile, keyFile, ...(caFile === undefined ? {} : { caFile }) };
    // src/handle_connect.c uses the certificate only on a listener with TLS; the identity first.
    if (identity || subject) conf.userNameFrom = identity ? 'identity' : 'subject';
  }
  return conf;
}

function persistence(broker: Settings): PersistenceConf | undefined {
  if (!flag(broker, 'persistence', false)) return undefined;
  const location = text(broker, 'persistence_location') ?? '';
  const name = text(broker, 'persistence_file') ?? 'mosquitto.db';
  return {
    path: location === '' ? name : `${location}/${name}`,
    autosave: number(broker, 'autosave_interval', 1800),
    onChanges: flag(broker, 'autosave_on_changes', false),
  };
}

/** The listeners that a conf gives. */
export function drafts(state: ConfState, { listenerFirst }: Facts): ListenerDraft[] {
  const extra = !listenerFirst && defaultListenerIsUsed(state.defaultListener);
  return extra ? [...state.listeners, state.defaultListener] : state.listeners;
}

export function finish(state: ConfState, facts: Facts): BrokerConf {
  const { broker } = state;
  const perListenerSettings = flag(broker, 'per_listener_settings', false);
  // 2.1 drops the default listener again if nothing opened the broker to others.
  const given = facts.listenerFirst && state.localOnly ? [] : drafts(state, facts);
  const anonymous =
    state.localOnly && facts.localOnlyIsAnonymous
      ? ({ always: true } as const)
      : { standard: state.localOnly };
  const shared = security(state.security, state.plugins, anonymous);
  const listeners = given.map((draft) => {
    // 2.0 makes the default listener after it has applied the defaults of anonymous access: its own
    // default is true.
    const isLate = !facts.listenerFirst && draft === state.defaultListener;
    const own = { standard: state.localOnly || isLate };
    return listener(
      draft,
      perListenerSettings ? security(draft.security, draft.plugins, own) : shared,
    );
  });
  if (listeners.length === 0) {
    const { settings, ...rest } = state.defaultListener;
    const draft: ListenerDraft = facts.listenerFirst
      ? { ...rest, ...newListener('', 0), host: 'localhost' }
      : { ...rest, settings, host: 'localhost' };
    const open = security(new Map(), [], { always: true });
    listeners.push(listener(draft, perListenerSettings ? open : shared));
  }
  const prefix = text(broker, 'clientid_prefixes');
  const pidFile = text(broker, 'pid_file');
  const saves = persistence(broker);
  const location = text(broker, 'persistence_location');
  return {
    localOnly: given.length === 0,
    perListenerSettings,
    listeners,
    security: shared,
    loaded: [...state.loaded.values()],
    user: text(broker, 'user') ?? 'mosquitto',
    ...(pidFile === undefined ? {} : { pidFile }),
    ...(state.logFile === undefined ? {} : { logFile: state.logFile }),
    maxKeepAlive: number(broker, 'max_keepalive', facts.maxKeepAlive),
    maxPacketSize: number(broker, 'max_packet_size', facts.maxPacketSize),
    messageSizeLimit: number(broker, 'message_size_limit', 0),
    maxInflight: number(broker, 'max_inflight_messages', 20),
    maxQueued: number(broker, 'max_queued_messages', 1000),
    maxConnections: Math.max(0, number(broker, 'global_max_connections', 0)),
    retainAvailable: flag(broker, 'retain_available', true),
    ...(prefix === undefined ? {} : { clientIdPrefix: prefix }),
    bridges: state.bridges,
    ...(saves && { persistence: saves }),
    ...(location === undefined ? {} : { persistenceLocation: location }),
    maxSessionExpiry: number(broker, 'persistent_client_expiration', 0),
    connectionMessages: flag(broker, 'connection_messages', true),
    logTypes: state.logTypes ?? new Set(['error', 'warning', 'notice', 'information']),
    logs: state.logDestinations === undefined || state.logDestinations.size > 0,
    logDestinations: state.logDestinations?.size ?? 1,
  };
}
