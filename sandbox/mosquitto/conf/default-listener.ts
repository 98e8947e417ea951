/** Whether 2.0 opens its default listener. */
import type { ListenerDraft } from './parse-state.ts';
import { flag, number, text } from './setting-values.ts';

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

export function defaultListenerIsUsed(draft: ListenerDraft): boolean {
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
