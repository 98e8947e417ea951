/** The options of mosquitto.conf with a grammar of their own, as src/conf.c of 2.0.11 reads them. */
import { isLoopback, isNumericHost } from './hosts.ts';
import { bridgeStatements } from './bridge.ts';
import { fileLimits } from './problem.ts';
import { newListener, securityOf, Stop } from './parse-state.ts';
import type { LogType, Statement } from './parse-state.ts';
import { atoi, trimBlanks } from './c-text.ts';
import { readBool, stringError } from './values.ts';

const logTypes: readonly string[] = [
  'information',
  'notice',
  'warning',
  'error',
  'debug',
  'subscribe',
  'unsubscribe',
  'internal',
  'websockets',
];
const logDestinations: readonly string[] = ['syslog', 'stdout', 'stderr', 'topic', 'dlt', 'file'];

/** `listener <port> [<bind address or path of a Unix socket>]` */
function listener(statement: Statement): void {
  const { state, words, here } = statement;
  state.localOnly = false;
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty listener value in configuration.');
  const port = atoi(word);
  if (port < 0 || port > 65_535) throw new Stop(`Error: Invalid port value (${port}).`);
  const second = words.next();
  const host = second?.startsWith('#') ? undefined : second;
  if (port === 0 && host === undefined) {
    throw new Stop('Error: A listener with port 0 must provide a Unix socket path.');
  }
  if (state.listeners.length >= fileLimits.listeners) {
    throw new Stop(`Error: This sandbox takes at most ${fileLimits.listeners} listeners.`);
  }
  here.listener = newListener(here.file, here.line);
  here.listener.port = port;
  if (port === 0) {
    here.listener.unixSocket = host ?? '';
    statement.remark('ignored.unix-socket', { option: 'listener 0' });
  } else if (host !== undefined) {
    here.listener.host = host;
  }
  state.listeners.push(here.listener);
}

function port(statement: Statement): void {
  const { state, words, log } = statement;
  log(
    'notice',
    "The 'port' option is now deprecated and will be removed in a future version. Please use 'listener' instead.",
  );
  state.localOnly = false;
  if (state.defaultListener.port !== 0) {
    log(
      'warning',
      'Warning: Default listener port specified multiple times. Only the latest will be used.',
    );
  }
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty port value in configuration.');
  const value = atoi(word);
  if (value < 1 || value > 65_535) throw new Stop(`Error: Invalid port value (${value}).`);
  state.defaultListener.port = value;
}

function bindAddress(statement: Statement): void {
  const { state, words, log } = statement;
  log(
    'notice',
    "The 'bind_address' option is now deprecated and will be removed in a future version. The behaviour will default to true.",
  );
  state.localOnly = false;
  const rest = words.rest();
  const label = 'default listener bind_address';
  if (rest === undefined) throw new Stop(`Error: Empty ${label} value in configuration.`);
  if (state.defaultListener.host !== undefined) {
    throw new Stop(`Error: Duplicate ${label} value in configuration.`);
  }
  const host = trimBlanks(rest);
  const error = stringError(host, label);
  if (error !== undefined) throw new Stop(error);
  // A room has no name service: it knows its own names and numbers.
  if (!isLoopback(host) && !isNumericHost(host)) {
    throw new Stop('Error: Error resolving bind_address: Name or service not known.');
  }
  state.defaultListener.host = host;
}

function protocol({ words, here, log }: Statement): void {
  const word = words.next();
  if (word === undefined) log('error', 'Error: Empty protocol value in configuration.');
  else if (word === 'mqtt' || word === 'websockets') here.listener.protocol = word;
  else throw new Stop(`Error: Invalid protocol value (${word}).`);
}

function maxConnections({ words, here, log }: Statement): void {
  const word = words.next();
  if (word === undefined) log('error', 'Error: Empty max_connections value in configuration.');
  else here.listener.maxConnections = Math.max(-1, atoi(word));
}

function perListenerSettings(statement: Statement): void {
  const value = readBool(statement.words.next(), 'per_listener_settings');
  if (typeof value === 'object') throw new Stop(value.error);
  statement.state.broker.set('per_listener_settings', value);
  if (value && statement.state.securitySeen) {
    throw new Stop('Error: per_listener_settings must be set before any other security settings.');
  }
}

function logDest({ words, state, remark }: Statement): void {
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty log_dest value in configuration.');
  if (word === 'none') {
    state.logDestinations = new Set();
    return;
  }
  if (!logDestinations.includes(word)) throw new Stop(`Error: Invalid log_dest value (${word}).`);
  state.logDestinations ??= new Set();
  state.logDestinations.add(word);
  if (word === 'file') {
    if (state.logFile !== undefined) throw new Stop('Error: Duplicate "log_dest file" value.');
    const path = (words.rest() ?? '').replace(/^[ \t]+/, '');
    if (path === '') throw new Stop('Error: Empty "log_dest file" value in configuration.');
    state.logFile = path;
  }
  if (word === 'file' || word === 'syslog' || word === 'dlt' || word === 'topic') {
    remark('ignored.log', { option: `log_dest ${word}` });
  }
}

function logType({ words, state, log }: Statement): void {
  const word = words.next();
  if (word === undefined) {
    log('error', 'Error: Empty log_type value in configuration.');
  } else if (word === 'none') {
    state.logTypes = new Set();
  } else if (word === 'all') {
    state.logTypes = new Set(logTypes as LogType[]);
  } else if (logTypes.includes(word)) {
    state.logTypes ??= new Set();
    state.logTypes.add(word as LogType);
  } else {
    throw new Stop(`Error: Invalid log_type value (${word}).`);
  }
}

function logFacility({ words }: Statement): void {
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty log_facility value in configuration.');
  const value = atoi(word);
  if (value < 0 || value > 7) throw new Stop(`Error: Invalid log_facility value (${value}).`);
}

function persistentClientExpiration({ name, words, log, remark }: Statement): void {
  const word = words.next();
  if (word === undefined) {
    log('error', 'Error: Empty persistent_client_expiration value in configuration.');
    return;
  }
  if (!/[hdwmy]$/.test(word) || atoi(word.slice(0, -1)) <= 0) {
    throw new Stop('Error: Invalid persistent_client_expiration duration in configuration.');
  }
  remark('ignored.session', { option: name });
}

function socketDomain({ name, words, here, remark }: Statement): void {
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty socket_domain value in configuration.');
  if (word !== 'ipv4' && word !== 'ipv6') {
    throw new Stop(`Error: Invalid socket_domain value "${word}" in configuration.`);
  }
  here.listener.socketDomain = word;
  remark('ignored.machine', { option: name });
}

function maxTopicAlias({ name, words, remark }: Statement): void {
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty max_topic_alias value in configuration.');
  const value = atoi(word);
  if (value < 0 || value > 65_535) {
    throw new Stop('Error: Invalid max_topic_alias value in configuration.');
  }
  if (value !== 10) remark('ignored.topic', { option: name });
}

function plugin(statement: Statement): void {
  const { words, state, here } = statement;
  securityOf(statement);
  const rest = words.rest();
  const path = trimBlanks(rest ?? '');
  const error = stringError(path, 'auth_plugin');
  if (error !== undefined) throw new Stop(error);
  here.pluginOf =
    state.broker.get('per_listener_settings') === true ? here.listener.plugins : state.plugins;
  here.pluginOf.push(path);
}

/** `auth_opt_<key> <value>`, `plugin_opt_<key> <value>`: for the plugin above them. */
export function pluginOption({ name, words, here }: Statement): void {
  if (!here.pluginOf) {
    throw new Stop('Error: An auth_opt_ option exists in the config file without an auth_plugin.');
  }
  const key = name.replace(/^(auth|plugin)_opt_/, '');
  if (key.length < 3) throw new Stop('Error: Invalid auth_opt_ config option.');
  if ((words.rest() ?? '').replace(/^[ \t]+/, '') === '') {
    throw new Stop(`Error: Empty ${key} value in configuration.`);
  }
}

/** By the name in the file. `include_dir` is handled in `parse.ts`. */
export const statements: ReadonlyMap<string, (statement: Statement) => void> = new Map(
  Object.entries({
    listener,
    port,
    bind_address: bindAddress,
    protocol,
    max_connections: maxConnections,
    per_listener_settings: perListenerSettings,
    log_dest: logDest,
    log_type: logType,
    log_facility: logFacility,
    persistent_client_expiration: persistentClientExpiration,
    socket_domain: socketDomain,
    max_topic_alias: maxTopicAlias,
    auth_plugin: plugin,
    plugin,
    retry_interval: ({ log }: Statement) => {
      log('warning', 'Warning: The retry_interval option is no longer available.');
    },
    ...bridgeStatements,
  }),
);
