/** Bridges in mosquitto.conf: parsed and validated as src/conf.c and src/bridge_topic.c do. */
import { filterFault, hasWildcard } from '../../mqtt/topic-syntax.ts';
import type { MqttVersion, QoS } from '../../protocol/mqtt.ts';
import { Stop } from './parse-state.ts';
import type { BridgeDraft, BridgeTopic, ConfState, Statement } from './parse-state.ts';
import { atoi } from './c-text.ts';
import type { MosquittoVersion } from '../../protocol/mosquitto.ts';
import { int, word } from './values.ts';

/** The bridge that the line belongs to: the last `connection` of its file. */
export function bridgeOf({ here, name, facts }: Statement): BridgeDraft {
  if (here.bridge) return here.bridge;
  const words = facts.noBridge(name);
  // 2.0 writes this one without the full stop.
  throw new Stop(name === 'notifications_local_only' ? facts.noBridgeForLocal(name) : words);
}

function connection(statement: Statement): void {
  const { state, here, facts } = statement;
  const given = word(statement, 'connection');
  if (state.bridges.some((bridge) => bridge.name === given)) {
    throw new Stop(facts.sameBridge(given));
  }
  here.bridge = {
    ...{ name: given, addresses: [], topics: [], settings: new Map() },
    ...{ restart: { least: 5, most: 30 }, startType: 'automatic', version: 4 },
  };
  state.bridges.push(here.bridge);
}

function address(statement: Statement): void {
  const { words, facts } = statement;
  const bridge = bridgeOf(statement);
  if (bridge.addresses.length > 0) throw new Stop(facts.secondAddress);
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word.startsWith('#')) break;
    const colon = word.lastIndexOf(':');
    const port = colon < 0 ? 1883 : atoi(word.slice(colon + 1));
    if (port < 1 || port > 65_535) throw new Stop(facts.bridgePort(port));
    bridge.addresses.push({ host: colon < 0 ? word : word.slice(0, colon), port });
  }
  if (bridge.addresses.length === 0) throw new Stop('Error: Empty address value in configuration.');
}

const versions: Record<string, MqttVersion | undefined> = { mqttv31: 3, mqttv311: 4, mqttv50: 5 };

function protocolVersion(statement: Statement): void {
  const { words, facts, name } = statement;
  const bridge = bridgeOf(statement);
  const value = words.rest();
  if (value === undefined) throw new Stop(`Error: Empty ${facts.quote(name)} value in configuration.`);
  const version = versions[value];
  if (!version) throw new Stop(`Error: Invalid ${facts.quote(name)} value (${value}).`);
  bridge.version = version;
} // prettier-ignore

function restartTimeout(statement: Statement): void {
  const { words, log, facts } = statement;
  const bridge = bridgeOf(statement);
  const base = atoi(word(statement, 'restart_timeout'));
  const { base: most, cap: mostCap } = facts.restartLimits;
  if (base < 1) log('notice', 'restart_timeout interval too low, using 1 second.');
  if (base > most) log('notice', `restart_timeout interval too high, using ${most} seconds.`);
  const least = Math.min(most, Math.max(1, base));
  bridge.restart = { least, most: least };
  const cap = words.next();
  if (cap === undefined) return;
  if (atoi(cap) < least) {
    throw new Stop('Error: backoff cap is lower than the base in restart_timeout.');
  }
  if (atoi(cap) > mostCap) log('error', `Error: backoff cap too high, using ${mostCap} seconds.`);
  bridge.restart.most = Math.min(mostCap, atoi(cap));
}

function startType(statement: Statement): void {
  const bridge = bridgeOf(statement);
  const type = word(statement, 'start_type');
  if (type === 'manual') throw new Stop('Error: Manual start_type not supported.');
  if (type !== 'automatic' && type !== 'lazy' && type !== 'once') {
    throw new Stop(
      `Error: Invalid ${statement.facts.quote('start_type')} value in configuration (${type}).`,
    );
  }
  bridge.startType = type;
  if (type === 'lazy') statement.remark('ignored.bridge', { option: 'start_type lazy' });
}

function reloadType(statement: Statement): void {
  bridgeOf(statement);
  const type = word(statement, 'bridge_reload_type');
  if (type !== 'lazy' && type !== 'immediate') {
    throw new Stop(`Error: Invalid 'bridge_reload_type' value in configuration (${type}).`);
  }
}

function tcpKeepAlive(statement: Statement): void {
  bridgeOf(statement);
  for (const what of ['idle', 'interval', 'counter']) {
    if (int(statement, `bridge_tcp_keepalive_${what}`) <= 0) {
      throw new Stop(`Error: invalid TCP keepalive ${what} value.`);
    }
  }
}

/** `topic <pattern> [out|in|both [<qos> [<local prefix> [<remote prefix>]]]]` */
function topic(statement: Statement): void {
  const { words } = statement;
  const bridge = bridgeOf(statement);
  const pattern = word(statement, 'topic');
  const way = words.next();
  if (way !== undefined && !/^(out|in|both)$/i.test(way)) {
    throw new Stop(`Error: Invalid bridge topic direction '${way}'.`);
  }
  const level = way === undefined ? undefined : words.next();
  const qos = atoi(level ?? '0') & 0xff;
  if (qos > 2) throw new Stop(`Error: Invalid bridge QoS level '${level}'.`);
  const [local, remote] = level === undefined || level.startsWith('#') ? [] : prefixes(statement);
  const direction = (way ?? 'out').toLowerCase() as BridgeTopic['direction'];
  if (pattern === '""' && (local === undefined || remote === undefined)) {
    throw new Stop('Error: Invalid bridge remapping.');
  }
  bridge.topics.push({
    ...{ direction, qos: qos as QoS, localPrefix: local ?? '', remotePrefix: remote ?? '' },
    local: filterOf(pattern, local),
    remote: filterOf(pattern, remote),
  });
} // prettier-ignore

/** The prefixes here and there, if they are given. */
function prefixes({ words }: Statement): (string | undefined)[] {
  const first = words.next();
  const both = first?.startsWith('#') ? [] : [first, words.next()];
  return both.map((one, at) => {
    if (one === undefined || one === '""' || one.startsWith('#')) return undefined;
    if (!hasWildcard(one)) return one;
    throw new Stop(`Error: Invalid bridge topic ${at ? 'remote' : 'local'} prefix '${one}'.`);
  });
}

/** A side's filter: its prefix and the pattern. */
function filterOf(pattern: string, prefix: string | undefined): string {
  const filter = `${prefix ?? ''}${pattern === '""' ? '' : pattern}`;
  if (prefix !== undefined && filterFault(filter, false) !== null) {
    throw new Stop(`Error: Invalid bridge topic local prefix and pattern combination '${filter}'.`);
  }
  return filter;
}

export const bridgeStatements: Record<
  string,
  { since?: MosquittoVersion; read: (statement: Statement) => void }
> = {
  connection: { read: connection },
  address: { read: address },
  addresses: { read: address },
  bridge_protocol_version: { read: protocolVersion },
  bridge_reload_type: { since: '2.1.2', read: reloadType },
  bridge_tcp_keepalive: { since: '2.1.2', read: tcpKeepAlive },
  restart_timeout: { read: restartTimeout },
  start_type: { read: startType },
  topic: { read: topic },
};

/** What Mosquitto checks once all is read: its error, or undefined. */
export function bridgesError({ bridges }: ConfState): string | undefined {
  for (const bridge of bridges) {
    if (bridge.addresses.length === 0) {
      return 'Error: Invalid bridge configuration: no remote addresses defined.';
    }
    if (bridge.topics.length === 0)
      return 'Error: Invalid bridge configuration: no topics defined.';
    const identity = bridge.settings.has('bridge_identity');
    const key = bridge.settings.has('bridge_psk');
    if (key && !identity) return 'Error: Invalid bridge configuration: missing bridge_identity.';
    if (identity && !key) return 'Error: Invalid bridge configuration: missing bridge_psk.';
  }
  return undefined;
}
