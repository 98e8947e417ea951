/** The options of a bridge that are one value. */
import { atLeast0, outside, u16, type OptionSpec } from './option.ts';

const bridged = (takes: OptionSpec['takes'], more: Partial<OptionSpec> = {}): OptionSpec => ({
  in: 'bridge',
  takes,
  ignored: 'bridge',
  ...more,
});
const recent = { since: '2.1.2' } as const;

export const bridgeOptions: Record<string, OptionSpec> = {
  bridge_alpn: bridged('string'),
  bridge_attempt_unsubscribe: bridged('bool'),
  bridge_bind_address: bridged('string'),
  bridge_cafile: bridged('string'),
  bridge_capath: bridged('string'),
  bridge_certfile: bridged('string'),
  bridge_ciphers: bridged('string', recent),
  'bridge_ciphers_tls1.3': bridged('string', recent),
  bridge_identity: bridged('string'),
  bridge_insecure: bridged('bool'),
  bridge_keyfile: bridged('string', { again: '2.1.2' }),
  bridge_max_packet_size: bridged('int', { kept: atLeast0 }),
  bridge_max_topic_alias: bridged('int', {
    ...recent,
    refuses: outside(0, u16, () => 'Error: bridge_max_topic_alias must be > 0 and <= 65535.'),
  }),
  bridge_outgoing_retain: bridged('bool'),
  bridge_psk: bridged('string'),
  bridge_receive_maximum: bridged('int', {
    ...recent,
    refuses: (value) =>
      value <= 0
        ? 'Error: bridge_receive_maximum must be greater than 0.'
        : value > u16
          ? 'Error: bridge_receive_maximum must be lower than 65535.'
          : undefined,
  }),
  bridge_require_ocsp: bridged('bool'),
  bridge_session_expiry_interval: bridged('int', {
    ...recent,
    refuses: outside(
      0,
      Infinity,
      () => 'Error: bridge_session_expiry_interval must not be negative.',
    ),
  }),
  bridge_tcp_user_timeout: bridged('int', {
    ...recent,
    refuses: outside(0, Infinity, () => 'Error: invalid TCP user timeout value.'),
  }),
  bridge_tls_use_os_certs: bridged('bool', recent),
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
