/** The options of mosquitto.conf with a grammar of their own, as src/conf.c reads them. */
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { isLoopback, isNumericHost } from './hosts.ts';
import { bridgeStatements } from './bridge.ts';
import { isAtLeast } from './option.ts';
import { fileLimits } from './problem.ts';
import { defaultListener, listenerOf, newListener, Stop } from './parse-state.ts';
import type { LogType, Statement } from './parse-state.ts';
import { globalPlugin, plugin, pluginLoad, pluginUse } from './plugins.ts';
import { atoi, trimBlanks } from './c-text.ts';
import { bool, checkText, int, number, word, wordIfAny } from './values.ts';

const logTypes: readonly string[] = [
  ...['information', 'notice', 'warning', 'error', 'debug'],
  ...['subscribe', 'unsubscribe', 'internal', 'websockets'],
];
const logDestinations: readonly string[] = ['syslog', 'stdout', 'stderr', 'topic', 'dlt', 'file'];

/** `listener <port> [<bind address or path of a Unix socket>]` */
function listener(statement: Statement): void {
  const { state, words, here, facts } = statement;
  state.localOnly = false;
  const port = number(word(statement, facts.listenerPort), facts.listenerPort, facts);
  if (port < 0 || port > 65_535) throw new Stop(`Error: Invalid ${facts.quote('port')} value (${port}).`);
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
} // prettier-ignore

function port(statement: Statement): void {
  const { state, log, here, facts } = statement;
  log('notice', facts.deprecated('port', "Please use 'listener' instead.", " Please use 'listener' instead.")); // prettier-ignore
  state.localOnly = false;
  const its = defaultListener(statement);
  if (facts.listenerFirst) here.listener = its;
  if (its.port !== 0) {
    log(
      'warning',
      'Warning: Default listener port specified multiple times. Only the latest will be used.',
    );
  }
  const value = int(statement, 'port');
  if (value < 1 || value > 65_535) {
    throw new Stop(`Error: Invalid ${facts.quote('port')} value (${value}).`);
  }
  its.port = value;
}

function bindAddress(statement: Statement): void {
  const { state, words, log, here, facts } = statement;
  log('notice', facts.deprecated('bind_address', '', ' The behaviour will default to true.'));
  state.localOnly = false;
  const its = defaultListener(statement);
  if (facts.listenerFirst) here.listener = its;
  const rest = words.rest();
  const label = 'default listener bind_address';
  if (rest !== undefined && its.host !== undefined) {
    throw new Stop(`Error: Duplicate ${facts.quote(label)} value in configuration.`);
  }
  const host = trimBlanks(rest ?? '');
  checkText(host, label, facts);
  // A room has no name service: it knows its own names and numbers.
  if (!isLoopback(host) && !isNumericHost(host)) {
    throw new Stop('Error: Error resolving bind_address: Name or service not known.');
  }
  its.host = host;
}

function protocol(statement: Statement): void {
  const its = listenerOf(statement);
  const word = wordIfAny(statement, 'protocol');
  if (word === 'mqtt' || word === 'websockets') its.protocol = word;
  else if (word !== undefined) {
    throw new Stop(`Error: Invalid ${statement.facts.quote('protocol')} value (${word}).`);
  }
}

function maxConnections(statement: Statement): void {
  const its = listenerOf(statement);
  const word = wordIfAny(statement, 'max_connections');
  if (word === undefined) return;
  its.maxConnections = Math.max(-1, number(word, 'max_connections', statement.facts));
}

function perListenerSettings(statement: Statement): void {
  const { state, facts, log } = statement;
  const { perListenerHint } = facts;
  if (perListenerHint !== undefined) {
    log('notice', facts.deprecated('per_listener_settings', perListenerHint, ''));
    // Once it is set, it stays.
    if (state.broker.get('per_listener_settings') === true) return;
  }
  const value = bool(statement, 'per_listener_settings');
  state.broker.set('per_listener_settings', value);
  if (value && state.securitySeen) {
    throw new Stop('Error: per_listener_settings must be set before any other security settings.');
  }
}

function logDest(statement: Statement): void {
  const { words, state, remark, facts } = statement;
  const to = word(statement, 'log_dest');
  if (to === 'none') {
    state.logDestinations = new Set();
    return;
  }
  if (!logDestinations.includes(to)) {
    throw new Stop(`Error: Invalid ${facts.quote('log_dest')} value (${to}).`);
  }
  state.logDestinations ??= new Set();
  state.logDestinations.add(to);
  if (to === 'file') {
    if (state.logFile !== undefined) throw new Stop('Error: Duplicate "log_dest file" value.');
    const path = (words.rest() ?? '').replace(/^[ \t]+/, '');
    if (path === '') throw new Stop('Error: Empty "log_dest file" value in configuration.');
    state.logFile = path;
  }
  if (to === 'file' || to === 'syslog' || to === 'dlt' || to === 'topic') {
    remark('ignored.log', { option: `log_dest ${to}` });
  }
}

function logType(statement: Statement): void {
  const { state, facts } = statement;
  const word = wordIfAny(statement, 'log_type');
  if (word === undefined) return;
  if (word === 'none') {
    state.logTypes = new Set();
  } else if (word === 'all') {
    state.logTypes = new Set(logTypes as LogType[]);
  } else if (logTypes.includes(word)) {
    state.logTypes ??= new Set();
    state.logTypes.add(word as LogType);
  } else {
    throw new Stop(`Error: Invalid ${facts.quote('log_type')} value (${word}).`);
  }
}

function logFacility(statement: Statement): void {
  const value = int(statement, 'log_facility');
  if (value < 0 || value > 7) {
    throw new Stop(`Error: Invalid ${statement.facts.quote('log_facility')} value (${value}).`);
  }
}

/** Seconds of each unit: a month has 30 days, a year 365. */
const units = { s: 1, h: 3_600, d: 86_400, w: 604_800, m: 2_592_000, y: 31_536_000 };

function persistentClientExpiration(statement: Statement): void {
  const { name, state, facts } = statement;
  const word = wordIfAny(statement, name);
  if (word === undefined) return;
  const unit = word.at(-1)!;
  const count = atoi(word.slice(0, -1));
  if (!facts.expirationUnits.includes(unit) || count <= 0) {
    throw new Stop(`Error: Invalid ${facts.quote(name)} duration in configuration.`);
  }
  state.broker.set(name, count * units[unit as keyof typeof units]);
}

function socketDomain(statement: Statement): void {
  const { name, remark, facts } = statement;
  const its = listenerOf(statement);
  const value = word(statement, facts.socketDomainLabel);
  if (value !== 'ipv4' && value !== 'ipv6') throw new Stop(facts.noSocketDomain(value));
  its.socketDomain = value;
  remark('ignored.machine', { option: name });
}

function maxTopicAlias(statement: Statement): void {
  const { name, remark, facts } = statement;
  listenerOf(statement, 'listener');
  const value = int(statement, name);
  if (value < 0 || value > 65_535) {
    throw new Stop(`Error: Invalid ${facts.quote(name)} value in configuration.`);
  }
  if (value !== 10) remark('ignored.topic', { option: name });
}

/** `accept_protocol_versions 3, 4, 5`: others than these numbers are passed over. */
function acceptProtocolVersions(statement: Statement): void {
  const { name, words, facts } = statement;
  const its = listenerOf(statement, 'no default');
  const given = (words.rest() ?? '').split(/[, \t]+/).filter((part) => part !== '');
  if (given.length === 0) throw new Stop(`Error: Empty ${facts.quote(name)} value in configuration.`);
  its.versions = new Set(['3', '4', '5'].filter((each) => given.includes(each)).map(Number));
} // prettier-ignore

function websocketsOrigin(statement: Statement): void {
  const its = listenerOf(statement, 'listener');
  const origin = trimBlanks(statement.words.rest() ?? '');
  checkText(origin, 'websockets_origin', statement.facts);
  its.origins = [...(its.origins ?? []), origin];
  statement.remark('ignored.machine', { option: 'websockets_origin' });
}

type Read = (statement: Statement) => void;
const recent: Record<string, Read> = {
  accept_protocol_versions: acceptProtocolVersions,
  websockets_origin: websocketsOrigin,
  global_plugin: globalPlugin,
  plugin_load: pluginLoad,
  plugin_use: pluginUse,
  websockets_log_level: ({ remark }) => remark('ignored.log', { option: 'websockets_log_level' }),
  dhparamfile: ({ log }) => log('warning', 'Warning: dhparamfile is no longer required.'),
};

/** By the name in the file. `include_dir` is handled in `parse.ts`. */
export const statements: ReadonlyMap<string, { since?: MosquittoVersion; read: Read }> = new Map([
  ...Object.entries<Read>({
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
    retry_interval: ({ log, facts }) => log('warning', facts.unavailable('retry_interval')),
  }).map(([name, read]) => [name, { read }] as const),
  ...Object.entries(recent).map(([name, read]) => [name, { since: '2.1.2', read }] as const),
  ...Object.entries(bridgeStatements),
]);

/** Undefined if that version has no such option. */
export function statementOf(name: string, version: MosquittoVersion): Read | undefined {
  const found = statements.get(name);
  return found && isAtLeast(version, found.since) ? found.read : undefined;
}
