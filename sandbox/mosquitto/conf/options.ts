/**
 * Every option of mosquitto.conf(5) that is one value, as src/conf.c of Mosquitto 2.0.11 reads it.
 * Those with a grammar of their own (`listener`, `log_dest` …) are in statements.ts.
 */
export type Value = string | number | boolean;
/** Whose setting it is. `default listener` is the one that `port` and `bind_address` describe. */
export type Scope = 'broker' | 'security' | 'listener' | 'default listener' | 'bridge' | 'plugin';
/** Why the sandbox does not act on a setting: key of the language files (`files.ignored.<reason>`). */
export type Reason =
  'bridge' | 'persistence' | 'log' | 'machine' | 'tls' | 'psk' | 'session' | 'topic' | 'plugin';

export interface OptionSpec {
  in: Scope;
  takes: 'bool' | 'int' | 'string';
  /** The option of which this is another name. */
  as?: string;
  /** Its name in Mosquitto's errors, if it differs. */
  label?: string;
  /** A message that is logged whenever the option occurs. */
  notice?: string;
  /** Mosquitto's error for a value that it does not take. */
  refuses?: (value: number) => string | undefined;
  /** How Mosquitto changes an accepted value. */
  kept?: (value: number) => number;
  /** A message that is logged if it changes the value. */
  remarks?: string;
  /** The sandbox reads the option and does nothing with it … */
  ignored?: Reason;
  /** … which nobody notices where it says this, Mosquitto's own default. */
  unless?: Value;
}

const u16 = 65_535;
const atLeast0 = (value: number) => Math.max(0, value);
const deprecated = (option: string, rest: string) =>
  `The '${option}' option is now deprecated and will be removed in a future version.${rest}`;
const outside = (low: number, high: number, text: (value: number) => string) => (value: number) =>
  value < low || value > high ? text(value) : undefined;
const bridged = (takes: OptionSpec['takes'], more: Partial<OptionSpec> = {}): OptionSpec => ({
  in: 'bridge',
  takes,
  ignored: 'bridge',
  ...more,
});

const broker: Record<string, OptionSpec> = {
  allow_duplicate_messages: {
    in: 'broker',
    takes: 'bool',
    notice: deprecated('allow_duplicate_messages', ' The behaviour will default to true.'),
    ignored: 'session',
  },
  autosave_interval: { in: 'broker', takes: 'int', kept: atLeast0, ignored: 'persistence' },
  autosave_on_changes: { in: 'broker', takes: 'bool', ignored: 'persistence', unless: false },
  clientid_prefixes: {
    in: 'broker',
    takes: 'string',
    notice: deprecated('clientid_prefixes', ''),
  },
  connection_messages: { in: 'broker', takes: 'bool' },
  log_timestamp: { in: 'broker', takes: 'bool', ignored: 'log', unless: true },
  log_timestamp_format: { in: 'broker', takes: 'string', ignored: 'log' },
  max_inflight_bytes: {
    in: 'broker',
    takes: 'int',
    kept: atLeast0,
    ignored: 'session',
    unless: 0,
  },
  max_inflight_messages: {
    in: 'broker',
    takes: 'int',
    refuses: outside(-Infinity, u16, () => 'Error: max_inflight_messages must be <= 65535.'),
    kept: (value) => (value < 0 || value === u16 ? 0 : value),
  },
  max_keepalive: {
    in: 'broker',
    takes: 'int',
    refuses: outside(10, u16, (value) => `Error: Invalid max_keepalive value (${value}).`),
  },
  max_packet_size: {
    in: 'broker',
    takes: 'int',
    refuses: outside(20, Infinity, (value) => `Error: Invalid max_packet_size value (${value}).`),
  },
  max_queued_bytes: { in: 'broker', takes: 'int', kept: atLeast0, ignored: 'session', unless: 0 },
  max_queued_messages: { in: 'broker', takes: 'int', kept: atLeast0 },
  memory_limit: {
    in: 'broker',
    takes: 'int',
    refuses: outside(0, Infinity, (value) => `Error: Invalid memory_limit value (${value}).`),
    ignored: 'machine',
    unless: 0,
  },
  message_size_limit: {
    in: 'broker',
    takes: 'int',
    notice: 'Note: It is recommended to replace `message_size_limit` with `max_packet_size`.',
    // An unsigned number there: what is below 0 is far above the limit.
    refuses: (value) =>
      value >>> 0 > 268_435_455
        ? `Error: Invalid message_size_limit value (${value >>> 0}).`
        : undefined,
  },
  persistence: { in: 'broker', takes: 'bool', ignored: 'persistence', unless: false },
  retained_persistence: {
    in: 'broker',
    takes: 'bool',
    as: 'persistence',
    ignored: 'persistence',
    unless: false,
  },
  persistence_file: { in: 'broker', takes: 'string', ignored: 'persistence' },
  persistence_location: { in: 'broker', takes: 'string', ignored: 'persistence' },
  pid_file: { in: 'broker', takes: 'string', ignored: 'machine' },
  queue_qos0_messages: { in: 'broker', takes: 'bool', ignored: 'session', unless: false },
  retain_available: { in: 'broker', takes: 'bool' },
  // Every line of a room has it on.
  set_tcp_nodelay: { in: 'broker', takes: 'bool' },
  sys_interval: {
    in: 'broker',
    takes: 'int',
    refuses: outside(0, u16, (value) => `Error: Invalid sys_interval value (${value}).`),
    ignored: 'topic',
    unless: 10,
  },
  upgrade_outgoing_qos: { in: 'broker', takes: 'bool', ignored: 'session', unless: false },
  user: { in: 'broker', takes: 'string', ignored: 'machine', unless: 'mosquitto' },
  websockets_log_level: { in: 'broker', takes: 'int', ignored: 'log', unless: 0 },
  websockets_headers_size: {
    in: 'broker',
    takes: 'int',
    refuses: outside(
      0,
      u16,
      () => 'Error: Websockets headers size must be between 0 and 65535 inclusive.',
    ),
    ignored: 'machine',
  },
};

const security: Record<string, OptionSpec> = {
  acl_file: { in: 'security', takes: 'string' },
  allow_anonymous: { in: 'security', takes: 'bool' },
  allow_zero_length_clientid: { in: 'security', takes: 'bool' },
  auto_id_prefix: { in: 'security', takes: 'string', ignored: 'session' },
  password_file: { in: 'security', takes: 'string' },
  psk_file: { in: 'security', takes: 'string', ignored: 'psk' },
};

const listener: Record<string, OptionSpec> = {
  bind_interface: { in: 'listener', takes: 'string', ignored: 'machine' },
  cafile: { in: 'listener', takes: 'string' },
  capath: { in: 'listener', takes: 'string', ignored: 'tls' },
  certfile: { in: 'listener', takes: 'string' },
  ciphers: { in: 'listener', takes: 'string', ignored: 'tls' },
  'ciphers_tls1.3': { in: 'listener', takes: 'string', ignored: 'tls' },
  crlfile: { in: 'listener', takes: 'string', ignored: 'tls' },
  dhparamfile: { in: 'listener', takes: 'string', ignored: 'tls' },
  http_dir: { in: 'listener', takes: 'string', ignored: 'machine' },
  keyfile: { in: 'listener', takes: 'string' },
  max_qos: {
    in: 'listener',
    takes: 'int',
    refuses: outside(0, 2, () => 'Error: max_qos must be between 0 and 2 inclusive.'),
  },
  mount_point: { in: 'listener', takes: 'string', ignored: 'topic' },
  psk_hint: { in: 'listener', takes: 'string', ignored: 'psk' },
  require_certificate: { in: 'listener', takes: 'bool' },
  tls_engine: { in: 'listener', takes: 'string', ignored: 'tls' },
  tls_engine_kpass_sha1: { in: 'listener', takes: 'string', ignored: 'tls' },
  tls_keyform: { in: 'listener', takes: 'string', ignored: 'tls', unless: 'pem' },
  tls_version: { in: 'listener', takes: 'string', ignored: 'tls' },
  use_identity_as_username: { in: 'listener', takes: 'bool' },
  use_subject_as_username: { in: 'listener', takes: 'bool' },
  use_username_as_clientid: { in: 'listener', takes: 'bool', ignored: 'session', unless: false },
};

const bridge: Record<string, OptionSpec> = {
  bridge_alpn: bridged('string'),
  bridge_attempt_unsubscribe: bridged('bool'),
  bridge_bind_address: bridged('string'),
  bridge_cafile: bridged('string'),
  bridge_capath: bridged('string'),
  bridge_certfile: bridged('string'),
  bridge_identity: bridged('string'),
  bridge_insecure: bridged('bool'),
  bridge_keyfile: bridged('string'),
  bridge_max_packet_size: bridged('int', { kept: atLeast0 }),
  bridge_outgoing_retain: bridged('bool'),
  bridge_psk: bridged('string'),
  bridge_require_ocsp: bridged('bool'),
  bridge_tls_version: bridged('string'),
  cleansession: bridged('bool'),
  clientid: bridged('string', { as: 'remote_clientid', label: 'bridge remote clientid' }),
  idle_timeout: bridged('int', {
    kept: (value) => Math.max(1, value),
    remarks: 'idle_timeout interval too low, using 1 second.',
  }),
  keepalive_interval: bridged('int', {
    refuses: outside(-Infinity, u16, () => 'Error: Bridge keepalive value too high.'),
    kept: (value) => Math.max(5, value),
    remarks: 'keepalive interval too low, using 5 seconds.',
  }),
  local_cleansession: bridged('bool'),
  local_clientid: bridged('string', { label: 'bridge local clientd' }),
  local_password: bridged('string', { label: 'bridge local_password' }),
  local_username: bridged('string', { label: 'bridge local_username' }),
  notification_topic: bridged('string'),
  notifications: bridged('bool'),
  notifications_local_only: bridged('bool'),
  password: bridged('string', { as: 'remote_password', label: 'bridge remote_password' }),
  remote_clientid: bridged('string', { label: 'bridge remote clientid' }),
  remote_password: bridged('string', { label: 'bridge remote_password' }),
  remote_username: bridged('string', { label: 'bridge remote_username' }),
  round_robin: bridged('bool'),
  threshold: bridged('int', {
    kept: (value) => Math.max(1, value),
    remarks: 'threshold too low, using 1 message.',
  }),
  try_private: bridged('bool'),
  username: bridged('string', { as: 'remote_username', label: 'bridge remote_username' }),
};

/** By the name in the file. */
export const options: ReadonlyMap<string, OptionSpec> = new Map(
  Object.entries({
    ...broker,
    ...security,
    ...listener,
    ...bridge,
    // It counts as a security setting only in that per_listener_settings may not follow it.
    check_retain_source: { in: 'security', takes: 'bool' } satisfies OptionSpec,
    maximum_qos: { ...listener['max_qos'], as: 'max_qos' } as OptionSpec,
    auth_plugin_deny_special_chars: {
      in: 'plugin',
      takes: 'bool',
      ignored: 'plugin',
    } satisfies OptionSpec,
  }),
);
