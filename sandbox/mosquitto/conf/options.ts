/**
 * Every option of mosquitto.conf(5) that is one value, as src/conf.c reads it: since when, and how.
 * Those with a grammar of their own (`listener`, `log_dest` …) are in statements.ts.
 */
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { bridgeOptions } from './bridge-options.ts';
import { atLeast0, invalid, isIn, outside, u16, type OptionSpec } from './option.ts';

export type { OptionSpec, Reason, Scope, Value } from './option.ts';

const broker: Record<string, OptionSpec> = {
  allow_duplicate_messages: {
    in: 'broker',
    takes: 'bool',
    deprecated: {
      since: '2.0.11',
      hint: 'The behaviour will default to true.',
      older: ' The behaviour will default to true.',
    },
    ignored: 'session',
  },
  autosave_interval: { in: 'broker', takes: 'int', kept: atLeast0 },
  autosave_on_changes: { in: 'broker', takes: 'bool' },
  clientid_prefixes: {
    in: 'broker',
    takes: 'string',
    deprecated: { since: '2.0.11', hint: '', older: '' },
    again: '2.1.2',
  },
  connection_messages: { in: 'broker', takes: 'bool' },
  enable_control_api: { in: 'broker', takes: 'bool', since: '2.1.2', ignored: 'plugin', unless: false },
  global_max_clients: { in: 'broker', takes: 'int', since: '2.1.2', ignored: 'session', unless: -1 },
  global_max_connections: { in: 'broker', takes: 'int', since: '2.1.2' },
  log_timestamp: { in: 'broker', takes: 'bool', ignored: 'log', unless: true },
  log_timestamp_format: { in: 'broker', takes: 'string', ignored: 'log' },
  max_inflight_bytes: { in: 'broker', takes: 'int', kept: atLeast0, ignored: 'session', unless: 0 },
  max_inflight_messages: {
    in: 'broker',
    takes: 'int',
    refuses: outside(
      -Infinity,
      u16,
      (_value, { quote }) => `Error: ${quote('max_inflight_messages')} must be <= 65535.`,
    ),
    kept: (value) => (value < 0 || value === u16 ? 0 : value),
  },
  max_keepalive: {
    in: 'broker',
    takes: 'int',
    refuses: (value, facts) =>
      outside(facts.leastKeepAlive, u16, invalid('max_keepalive'))(value, facts),
  },
  max_packet_size: {
    in: 'broker',
    takes: 'int',
    refuses: outside(20, Infinity, (value, facts) => facts.smallPackets(value)),
  },
  max_queued_bytes: { in: 'broker', takes: 'int', kept: atLeast0, ignored: 'session', unless: 0 },
  max_queued_messages: { in: 'broker', takes: 'int', kept: atLeast0 },
  memory_limit: {
    in: 'broker',
    takes: 'int',
    refuses: outside(0, Infinity, invalid('memory_limit')),
    ignored: 'machine',
    unless: 0,
  },
  message_size_limit: {
    in: 'broker',
    takes: 'int',
    notice: 'Note: It is recommended to replace `message_size_limit` with `max_packet_size`.',
    // An unsigned number there: what is below 0 is far above the limit.
    refuses: (value, facts) =>
      value >>> 0 > 268_435_455 ? invalid('message_size_limit')(value >>> 0, facts) : undefined,
  },
  persistence: { in: 'broker', takes: 'bool' },
  retained_persistence: { in: 'broker', takes: 'bool', as: 'persistence' },
  persistence_file: { in: 'broker', takes: 'string' },
  persistence_location: { in: 'broker', takes: 'string' },
  pid_file: { in: 'broker', takes: 'string', ignored: 'machine' },
  queue_qos0_messages: { in: 'broker', takes: 'bool', ignored: 'session', unless: false },
  retain_available: { in: 'broker', takes: 'bool' },
  retain_expiry_interval: {
    in: 'broker',
    takes: 'int',
    since: '2.0.21',
    refuses: (value, { retainExpiryFault }) => retainExpiryFault(value),
    ignored: 'topic',
  },
  // Every line of a room has it on.
  set_tcp_nodelay: { in: 'broker', takes: 'bool' },
  sys_interval: {
    in: 'broker',
    takes: 'int',
    refuses: outside(0, u16, invalid('sys_interval')),
    ignored: 'topic',
    unless: 10,
  },
  upgrade_outgoing_qos: { in: 'broker', takes: 'bool', ignored: 'session', unless: false },
  user: { in: 'broker', takes: 'string', ignored: 'machine', unless: 'mosquitto', again: '2.1.2' },
  websockets_log_level: { in: 'broker', takes: 'int', ignored: 'log', unless: 0, until: '2.1.2' },
  websockets_headers_size: {
    in: 'broker',
    takes: 'int',
    refuses: outside(0, u16, (_value, facts) => facts.headersSize),
    ignored: 'machine',
  },
}; // prettier-ignore

const security: Record<string, OptionSpec> = {
  acl_file: { in: 'security', takes: 'string', again: '2.1.2' },
  allow_anonymous: { in: 'security', takes: 'bool' },
  allow_zero_length_clientid: { in: 'security', takes: 'bool' },
  auto_id_prefix: {
    in: 'security',
    takes: 'string',
    deprecated: {
      since: '2.1.2',
      hint: "Please use 'listener_auto_id_prefix' instead.",
      older: '',
    },
    refusesText: (value, { longPrefix }) => longPrefix('auto_id_prefix', value),
    ignored: 'session',
  },
  password_file: { in: 'security', takes: 'string', again: '2.1.2' },
  psk_file: { in: 'security', takes: 'string', ignored: 'psk', again: '2.1.2' },
};

const tls = { in: 'listener', takes: 'string', ignored: 'tls' } as const;
const above = { in: 'listener', needs: 'listener', since: '2.1.2' } as const;
const listener: Record<string, OptionSpec> = {
  bind_interface: { in: 'listener', takes: 'string' },
  cafile: { in: 'listener', takes: 'string', needs: 'listener', again: '2.1.2' },
  capath: { ...tls, again: '2.1.2' },
  certfile: { in: 'listener', takes: 'string', again: '2.1.2' },
  ciphers: { ...tls, again: '2.1.2' },
  'ciphers_tls1.3': { ...tls, again: '2.1.2' },
  crlfile: { ...tls, again: '2.1.2' },
  disable_client_cert_date_checks: { ...above, takes: 'bool', ignored: 'tls', unless: false },
  enable_proxy_protocol: {
    ...above,
    takes: 'int',
    refuses: outside(1, 2, () => 'Error: enable_proxy_protocol must be 1 or 2.'),
    ignored: 'machine',
  },
  dhparamfile: { ...tls, until: '2.1.2' },
  http_dir: { in: 'listener', takes: 'string', ignored: 'machine', needs: 'listener' },
  keyfile: { in: 'listener', takes: 'string', again: '2.1.2' },
  listener_allow_anonymous: { ...above, takes: 'bool' },
  listener_auto_id_prefix: {
    ...above,
    takes: 'string',
    refusesText: (value, { longPrefix }) => longPrefix("'listener_auto_id_prefix'", value),
    ignored: 'session',
  },
  max_qos: {
    in: 'listener',
    takes: 'int',
    refuses: outside(
      0,
      2,
      (_value, { quote }) => `Error: ${quote('max_qos')} must be between 0 and 2 inclusive.`,
    ),
  },
  max_topic_alias_broker: {
    ...above,
    takes: 'int',
    refuses: outside(
      0,
      u16,
      () => "Error: Invalid 'max_topic_alias_broker' value in configuration.",
    ),
    ignored: 'topic',
    unless: 10,
  },
  mount_point: {
    in: 'listener',
    takes: 'string',
    ignored: 'topic',
    needs: 'listener',
    again: '2.1.2',
  },
  proxy_protocol_v2_require_tls: { ...above, takes: 'bool', ignored: 'machine', unless: false },
  psk_hint: { in: 'listener', takes: 'string', ignored: 'psk' },
  require_certificate: { in: 'listener', takes: 'bool' },
  tls_engine: tls,
  tls_engine_kpass_sha1: { ...tls, again: '2.1.2' },
  tls_keyform: { ...tls, unless: 'pem', again: '2.0.11' },
  tls_version: { ...tls, needs: 'listener' },
  use_identity_as_username: { in: 'listener', takes: 'bool' },
  use_subject_as_username: { in: 'listener', takes: 'bool' },
  use_username_as_clientid: { in: 'listener', takes: 'bool' },
};

/** By the name in the file: of all versions. */
export const options: ReadonlyMap<string, OptionSpec> = new Map(
  Object.entries<OptionSpec>({
    ...broker,
    ...security,
    ...listener,
    ...bridgeOptions,
    // In 2.0 it counts as a security setting, but only in that per_listener_settings may not follow it.
    // A room asks for the sender's rights when the message comes, and not again.
    check_retain_source: { in: 'security', takes: 'bool', ignored: 'session', unless: false },
    maximum_qos: { ...listener['max_qos']!, as: 'max_qos' },
    packet_buffer_size: { ...broker['websockets_headers_size']!, since: '2.1.2' },
    auth_plugin_deny_special_chars: { in: 'plugin', takes: 'bool', ignored: 'plugin' },
  }),
);

/** Undefined if that version has no such option. */
export function optionOf(name: string, version: MosquittoVersion): OptionSpec | undefined {
  const spec = options.get(name);
  return spec && isIn(version, spec.since, spec.until) ? spec : undefined;
}
