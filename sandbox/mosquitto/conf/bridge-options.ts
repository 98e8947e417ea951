/** The options of a bridge that are one value. */
import { atLeast0, outside, u16, type OptionSpec } from './option.ts';

const bridged = (takes: OptionSpec['takes'], more: Partial<OptionSpec> = {}): OptionSpec => ({
  in: 'bridge',
  takes,
  ...more,
});
/** A room's bridges have no TLS, and one address at a time. */
const idle: typeof bridged = (takes, more) => bridged(takes, { ...more, ignored: 'bridge' });
const recent = { since: '2.1.2' } as const;

export const bridgeOptions: Record<string, OptionSpec> = {
  bridge_alpn: idle('string'),
  bridge_attempt_unsubscribe: bridged('bool'),
  bridge_bind_address: idle('string'),
  bridge_cafile: idle('string'),
  bridge_capath: idle('string'),
  bridge_certfile: idle('string'),
  bridge_ciphers: idle('string', recent),
  'bridge_ciphers_tls1.3': idle('string', recent),
  bridge_identity: idle('string'),
  bridge_insecure: idle('bool'),
  bridge_keyfile: idle('string', { again: '2.1.2' }),
  bridge_max_packet_size: bridged('int', { kept: atLeast0 }),
  bridge_max_topic_alias: idle('int', {
    ...recent,
    refuses: outside(0, u16, () => 'Error: bridge_max_topic_alias must be > 0 and <= 65535.'),
  }),
  bridge_outgoing_retain: bridged('bool'),
  bridge_psk: idle('string'),
  bridge_receive_maximum: idle('int', {
    ...recent,
    refuses: (value) =>
      value <= 0
        ? 'Error: bridge_receive_maximum must be greater than 0.'
        : value > u16
          ? 'Error: bridge_receive_maximum must be lower than 65535.'
          : undefined,
  }),
  bridge_require_ocsp: idle('bool'),
  bridge_session_expiry_interval: idle('int', {
    ...recent,
    refuses: outside(
      0,
      Infinity,
      () => 'Error: bridge_session_expiry_interval must not be negative.',
    ),
  }),
  bridge_tcp_user_timeout: idle('int', {
    ...recent,
    refuses: outside(0, Infinity, () => 'Error: invalid TCP user timeout value.'),
  }),
  bridge_tls_use_os_certs: idle('bool', recent),
  bridge_tls_version: idle('string'),
  cleansession: bridged('bool'),
  clientid: bridged('string', { as: 'remote_clientid', label: 'bridge remote clientid' }),
  idle_timeout: idle('int', {
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
  local_password: idle('string', { label: 'bridge local_password' }),
  local_username: idle('string', { label: 'bridge local_username' }),
  notification_topic: bridged('string'),
  notifications: bridged('bool'),
  notifications_local_only: bridged('bool'),
  password: bridged('string', { as: 'remote_password', label: 'bridge remote_password' }),
  remote_clientid: bridged('string', { label: 'bridge remote clientid' }),
  remote_password: bridged('string', { label: 'bridge remote_password' }),
  remote_username: bridged('string', { label: 'bridge remote_username' }),
  round_robin: idle('bool'),
  threshold: idle('int', {
    kept: (value) => Math.max(1, value),
    remarks: 'threshold too low, using 1 message.',
  }),
  try_private: bridged('bool'),
  username: bridged('string', { as: 'remote_username', label: 'bridge remote_username' }),
};
