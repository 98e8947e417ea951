/** A conf that was read to its end, as the settings of a broker: defaults in, strings out. */
import type { QoS } from '../../protocol/mqtt.ts';
import type { ConfState, ListenerDraft, LogType, Settings } from './parse-state.ts';

export interface SecurityConf {
  allowAnonymous: boolean;
  /** Paths as written. */
  passwordFile?: string;
  aclFile?: string;
  pskFile?: string;
  allowZeroLengthClientId: boolean;
  plugins: string[];
}

export interface TlsConf {
  certFile: string;
  keyFile: string;
  caFile?: string;
}

export interface ListenerConf {
  /** 0: a Unix socket, which a room does not have. */
  port: number;
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
  /** Where it was begun, for a message; line 0: it came from settings without a listener. */
  file: string;
  line: number;
}

export interface BrokerConf {
  /** No listener was given: 127.0.0.1 and ::1, port 1883, anonymous clients welcome. */
  localOnly: boolean;
  perListenerSettings: boolean;
  listeners: ListenerConf[];
  security: SecurityConf;
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
  /** Whether connects and disconnects are logged. */
  connectionMessages: boolean;
  logTypes: ReadonlySet<LogType>;
  /** False with `log_dest none`: nothing is logged once the conf is read. */
  logs: boolean;
}

const text = (settings: Settings, key: string): string | undefined => {
  const value = settings.get(key);
  return typeof value === 'string' ? value : undefined;
};
const flag = (settings: Settings, key: string, standard: boolean): boolean => {
  const value = settings.get(key);
  return typeof value === 'boolean' ? value : standard;
};
const number = (settings: Settings, key: string, standard: number): number => {
  const value = settings.get(key);
  return typeof value === 'number' ? value : standard;
};

/** `anonymous`: the default of allow_anonymous; undefined overrules what is. */
function security(
  settings: Settings,
  plugins: string[],
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
    file: draft.file,
    line: draft.line,
  };
  if (draft.host !== undefined) conf.host = draft.host;
  if (draft.maxConnections > 0) conf.maxConnections = draft.maxConnections;
  if (certFile !== undefined && keyFile !== undefined) {
    conf.tls = { certFile, keyFile, ...(caFile === undefined ? {} : { caFile }) };
    // src/handle_connect.c uses the certificate only on a listener with TLS; the identity first.
    if (identity || subject) conf.userNameFrom = identity ? 'identity' : 'subject';
  }
  return conf;
}

/** Settings of the default listener that make it a real one, on 1883 (`config__parse_args`). */
const awakening = [
  'bind_interface',
  'cafile',
  'capath',
  'certfile',
  'keyfile',
  'tls_engine',
  'tls_engine_kpass_sha1',
  'ciphers',
  'ciphers_tls1.3',
  'dhparamfile',
  'psk_hint',
  'crlfile',
  'mount_point',
];

function defaultListenerIsUsed(draft: ListenerDraft): boolean {
  const { settings, security: its } = draft;
  return (
    awakening.some((key) => settings.has(key)) ||
    flag(settings, 'require_certificate', false) ||
    flag(settings, 'use_identity_as_username', false) ||
    flag(settings, 'use_subject_as_username', false) ||
    flag(settings, 'use_username_as_clientid', false) ||
    number(settings, 'max_qos', 2) !== 2 ||
    text(settings, 'tls_keyform') === 'engine' ||
    draft.host !== undefined ||
    draft.port !== 0 ||
    draft.maxConnections !== -1 ||
    draft.protocol !== 'mqtt' ||
    draft.socketDomain !== undefined ||
    its.has('password_file') ||
    its.has('psk_file') ||
    draft.plugins.length > 0 ||
    !flag(its, 'allow_zero_length_clientid', true)
  );
}

export function finish(state: ConfState): BrokerConf {
  const { broker, localOnly } = state;
  const perListenerSettings = flag(broker, 'per_listener_settings', false);
  // In local only mode anonymous clients are accepted, whatever the conf has (`config__read`).
  const shared = security(
    state.security,
    state.plugins,
    localOnly ? { always: true } : { standard: false },
  );
  const drafts = [...state.listeners];
  const extra = defaultListenerIsUsed(state.defaultListener);
  if (extra) drafts.push(state.defaultListener);
  const listeners = drafts.map((draft) => {
    // The default listener is made after the defaults of anonymous access were applied: its own
    // default is true.
    const standard = localOnly || draft === state.defaultListener;
    return listener(
      draft,
      perListenerSettings ? security(draft.security, draft.plugins, { standard }) : shared,
    );
  });
  if (listeners.length === 0) {
    const open = security(new Map(), [], { always: true });
    const draft: ListenerDraft = { ...state.defaultListener, host: 'localhost' };
    listeners.push(listener(draft, perListenerSettings ? open : shared));
  }
  const prefix = text(broker, 'clientid_prefixes');
  return {
    localOnly: drafts.length === 0,
    perListenerSettings,
    listeners,
    security: shared,
    maxKeepAlive: number(broker, 'max_keepalive', 65_535),
    maxPacketSize: number(broker, 'max_packet_size', 0),
    messageSizeLimit: number(broker, 'message_size_limit', 0),
    maxInflight: number(broker, 'max_inflight_messages', 20),
    maxQueued: number(broker, 'max_queued_messages', 1000),
    retainAvailable: flag(broker, 'retain_available', true),
    ...(prefix === undefined ? {} : { clientIdPrefix: prefix }),
    connectionMessages: flag(broker, 'connection_messages', true),
    logTypes: state.logTypes ?? new Set(['error', 'warning', 'notice', 'information']),
    logs: state.logDestinations === undefined || state.logDestinations.size > 0,
  };
}
