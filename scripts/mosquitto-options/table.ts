/**
 * What a room does with each option of mosquitto.conf, as each version: found by giving the parser a file
 * with that option, not by reading its tables.
 */
import { options } from '../../sandbox/mosquitto/conf/options.ts';
import { parseConf } from '../../sandbox/mosquitto/conf/parse.ts';
import { statements } from '../../sandbox/mosquitto/conf/statements.ts';
import { mosquittoVersions, type MosquittoVersion } from '../../sandbox/protocol/mosquitto.ts';

/** `obeyed`; `read`: checked, and without effect here; each may come with Mosquitto's `warning`. */
export type Treatment = 'obeyed' | 'read' | 'obeyed, warning' | 'read, warning' | 'refused' | '–';
export interface OptionRow {
  option: string;
  treatments: Record<MosquittoVersion, Treatment>;
}

const BELOW_BRIDGE = 'connection cloud\naddress cloud:1883\ntopic a\n';
const BELOW_LISTENER = 'listener 1883\n';
const CERTIFICATE = 'certfile /etc/mosquitto/certs/server.crt\n';
const KEY = 'keyfile /etc/mosquitto/certs/server.key\n';
const PASSWORDS = '/usr/lib/x86_64-linux-gnu/mosquitto_password_file.so';

/** Values of those whose value is no plain number, text or `true`; several: the first that is taken. */
const VALUES: Record<string, string> = {
  accept_protocol_versions: '4,5',
  address: 'cloud:1883',
  addresses: 'cloud:1883',
  auth_plugin: PASSWORDS,
  bridge_protocol_version: 'mqttv311',
  bridge_reload_type: 'lazy',
  bridge_tcp_keepalive: '20 5 3',
  cafile: '/etc/mosquitto/certs/ca.crt',
  certfile: '/etc/mosquitto/certs/server.crt',
  connection: 'cloud',
  global_plugin: PASSWORDS,
  http_dir: '/etc/mosquitto',
  include_dir: '/etc/mosquitto/conf.d',
  keyfile: '/etc/mosquitto/certs/server.key',
  listener: '1883',
  local_clientid: 'house',
  log_dest: 'stderr',
  log_facility: '5',
  log_type: 'all',
  persistent_client_expiration: '1d',
  plugin: PASSWORDS,
  plugin_use: 'one',
  plugin_load: `one ${PASSWORDS}`,
  protocol: 'mqtt',
  restart_timeout: '5 30',
  socket_domain: 'ipv4',
  start_type: 'automatic',
  tls_engine_kpass_sha1: '0'.repeat(40),
  tls_keyform: 'pem',
  tls_version: 'tlsv1.2',
  topic: '# out',
};
/** Tried one after the other: with the first that is in range one sees what the room does. */
const NUMBERS = ['20', '1000', '1883', '1', '3', '4', '0'];

/** What must stand above or below some of them. */
const BESIDE: Record<string, [above: string, below: string]> = {
  address: ['connection cloud\n', 'topic a\n'],
  addresses: ['connection cloud\n', 'topic a\n'],
  bridge_identity: [BELOW_BRIDGE, 'bridge_psk 00ff\n'],
  bridge_psk: [`${BELOW_BRIDGE}bridge_identity house\n`, ''],
  cafile: [BELOW_LISTENER, `${CERTIFICATE}${KEY}`],
  capath: [BELOW_LISTENER, `${CERTIFICATE}${KEY}`],
  certfile: [BELOW_LISTENER, KEY],
  connection: ['', 'address cloud:1883\ntopic a\n'],
  include_dir: ['', ''],
  keyfile: [`${BELOW_LISTENER}${CERTIFICATE}`, ''],
  listener: ['', ''],
  plugin_use: [`plugin_load one ${PASSWORDS}\n${BELOW_LISTENER}`, ''],
  port: ['', ''],
  topic: ['connection cloud\naddress cloud:1883\n', ''],
};
const BRIDGES = new Set(
  [...statements.keys()].filter((name) => /bridge|start_type|restart/.test(name)),
);

function around(option: string, version: MosquittoVersion): [above: string, below: string] {
  const scope = options.get(option)?.in;
  if (BESIDE[option]) return BESIDE[option];
  if (scope === 'plugin') return [`auth_plugin ${PASSWORDS}\n`, ''];
  if (scope === 'bridge' || BRIDGES.has(option)) return [BELOW_BRIDGE, ''];
  return [version === '2.1.2' || scope === 'listener' ? BELOW_LISTENER : '', ''];
}

/** It is told that the line does nothing any more. */
const GONE = /no longer (?:available|required|supported)/;

function treatmentOf(option: string, version: MosquittoVersion): Treatment {
  const spec = options.get(option);
  const candidates = candidatesFor(option, spec?.takes, spec?.unless);
  let seen: Treatment = 'refused';
  for (const value of candidates) {
    const [above, below] = around(option, version);
    const text = `${above}${option} ${value}\n${below}`;
    const line = above.split('\n').length;
    const { options: taken, problems, log } = parseConf(text, {}, version);
    if (log.some(({ text: words }) => /Unknown configuration variable/.test(words))) return '–';
    if (!taken) continue;
    const own = problems.filter((one) => one.line === line);
    const isRead = own.some(({ key, text: words }) => key !== undefined || GONE.test(words));
    const isWarned = own.some(({ key }) => key === undefined);
    seen = isRead ? (isWarned ? 'read, warning' : 'read') : isWarned ? 'obeyed, warning' : 'obeyed';
    break;
  }
  return seen;
}

function candidatesFor(option: string, takes: string | undefined, unless: unknown): string[] {
  const given = VALUES[option];
  if (given !== undefined) return [given];
  if (takes === 'bool') return [unless === true ? 'false' : 'true'];
  if (takes === 'string') return ['name'];
  return [...NUMBERS, 'true', 'one'];
}

/** Each option, in the order of its name. */
export function optionRows(): OptionRow[] {
  const names = [...new Set([...options.keys(), ...statements.keys(), 'include_dir'])].toSorted();
  return names.map((option) => ({
    option,
    treatments: Object.fromEntries(
      mosquittoVersions.map((version) => [version, treatmentOf(option, version)]),
    ) as Record<MosquittoVersion, Treatment>,
  }));
}
