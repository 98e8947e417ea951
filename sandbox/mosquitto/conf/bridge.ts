/**
 * Bridges in mosquitto.conf: parsed and validated as src/conf.c does, so that errors are
 * reported. A room has no bridges, and each line is reported as ignored.
 */
import { Stop } from './parse-state.ts';
import type { BridgeDraft, ConfState, Statement } from './parse-state.ts';
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
  const { name, state, here, remark, facts } = statement;
  const given = word(statement, 'connection');
  if (state.bridges.some((bridge) => bridge.name === given)) {
    throw new Stop(facts.sameBridge(given));
  }
  here.bridge = { name: given, addresses: 0, topics: 0, settings: new Map() };
  state.bridges.push(here.bridge);
  remark('ignored.bridge', { option: name });
}

function address(statement: Statement): void {
  const { words, facts } = statement;
  const bridge = bridgeOf(statement);
  if (bridge.addresses > 0) throw new Stop(facts.secondAddress);
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word.startsWith('#')) break;
    const colon = word.lastIndexOf(':');
    const port = colon < 0 ? 1883 : atoi(word.slice(colon + 1));
    if (port < 1 || port > 65_535) throw new Stop(facts.bridgePort(port));
    bridge.addresses += 1;
  }
  if (bridge.addresses === 0) throw new Stop('Error: Empty address value in configuration.');
}

function protocolVersion(statement: Statement): void {
  const { words, facts, name } = statement;
  bridgeOf(statement);
  const value = words.rest();
  if (value === undefined) throw new Stop(`Error: Empty ${facts.quote(name)} value in configuration.`);
  if (!['mqttv31', 'mqttv311', 'mqttv50'].includes(value)) {
    throw new Stop(`Error: Invalid ${facts.quote(name)} value (${value}).`);
  }
} // prettier-ignore

function restartTimeout(statement: Statement): void {
  const { words, log, facts } = statement;
  bridgeOf(statement);
  const base = atoi(word(statement, 'restart_timeout'));
  const { base: most, cap: mostCap } = facts.restartLimits;
  if (base < 1) log('notice', 'restart_timeout interval too low, using 1 second.');
  if (base > most) log('notice', `restart_timeout interval too high, using ${most} seconds.`);
  const cap = words.next();
  if (cap === undefined) return;
  if (atoi(cap) < Math.min(most, Math.max(1, base))) {
    throw new Stop('Error: backoff cap is lower than the base in restart_timeout.');
  }
  if (atoi(cap) > mostCap) log('error', `Error: backoff cap too high, using ${mostCap} seconds.`);
}

function startType(statement: Statement): void {
  bridgeOf(statement);
  const type = word(statement, 'start_type');
  if (type === 'manual') throw new Stop('Error: Manual start_type not supported.');
  if (!['automatic', 'lazy', 'once'].includes(type)) {
    throw new Stop(
      `Error: Invalid ${statement.facts.quote('start_type')} value in configuration (${type}).`,
    );
  }
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
  word(statement, 'topic');
  const direction = words.next();
  if (direction !== undefined && !/^(out|in|both)$/i.test(direction)) {
    throw new Stop(`Error: Invalid bridge topic direction '${direction}'.`);
  }
  const qos = direction === undefined ? undefined : words.next();
  if (qos !== undefined && (atoi(qos) & 0xff) > 2) {
    throw new Stop(`Error: Invalid bridge QoS level '${qos}'.`);
  }
  bridge.topics += 1;
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
    if (bridge.addresses === 0) {
      return 'Error: Invalid bridge configuration: no remote addresses defined.';
    }
    if (bridge.topics === 0) return 'Error: Invalid bridge configuration: no topics defined.';
    const identity = bridge.settings.has('bridge_identity');
    const key = bridge.settings.has('bridge_psk');
    if (key && !identity) return 'Error: Invalid bridge configuration: missing bridge_identity.';
    if (identity && !key) return 'Error: Invalid bridge configuration: missing bridge_psk.';
  }
  return undefined;
}
