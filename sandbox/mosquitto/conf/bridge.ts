/**
 * Bridges in mosquitto.conf: parsed and validated as src/conf.c of 2.0.11 does, so that errors are
 * reported. A room has no bridges, and each line is reported as ignored.
 */
import { Stop } from './parse-state.ts';
import type { BridgeDraft, ConfState, Statement } from './parse-state.ts';
import { atoi } from './c-text.ts';

const invalid = 'Error: Invalid bridge configuration.';

/** The bridge that the line belongs to: the last `connection` of its file. */
export function bridgeOf({ here, name }: Statement): BridgeDraft {
  if (here.bridge) return here.bridge;
  throw new Stop(name === 'notifications_local_only' ? invalid.slice(0, -1) : invalid);
}

function connection({ name, words, state, here, remark }: Statement): void {
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty connection value in configuration.');
  if (state.bridges.some((bridge) => bridge.name === word)) {
    throw new Stop(`Error: Duplicate bridge name "${word}".`);
  }
  here.bridge = { name: word, addresses: 0, topics: 0, settings: new Map() };
  state.bridges.push(here.bridge);
  remark('ignored.bridge', { option: name });
}

function address(statement: Statement): void {
  const { words } = statement;
  const bridge = bridgeOf(statement);
  if (bridge.addresses > 0) throw new Stop(invalid);
  for (let word = words.next(); word !== undefined; word = words.next()) {
    if (word.startsWith('#')) break;
    const colon = word.lastIndexOf(':');
    const port = colon < 0 ? 1883 : atoi(word.slice(colon + 1));
    if (port < 1 || port > 65_535) throw new Stop(`Error: Invalid port value (${port}).`);
    bridge.addresses += 1;
  }
  if (bridge.addresses === 0) throw new Stop('Error: Empty address value in configuration.');
}

function protocolVersion(statement: Statement): void {
  const { words } = statement;
  bridgeOf(statement);
  const value = words.rest();
  if (value === undefined)
    throw new Stop('Error: Empty bridge_protocol_version value in configuration.');
  if (!['mqttv31', 'mqttv311', 'mqttv50'].includes(value)) {
    throw new Stop(`Error: Invalid bridge_protocol_version value (${value}).`);
  }
}

function restartTimeout(statement: Statement): void {
  const { words, log } = statement;
  bridgeOf(statement);
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty restart_timeout value in configuration.');
  const base = atoi(word);
  if (base < 1) log('notice', 'restart_timeout interval too low, using 1 second.');
  const cap = words.next();
  if (cap !== undefined && atoi(cap) < Math.max(1, base)) {
    throw new Stop('Error: backoff cap is lower than the base in restart_timeout.');
  }
}

function startType(statement: Statement): void {
  const { words } = statement;
  bridgeOf(statement);
  const word = words.next();
  if (word === undefined) throw new Stop('Error: Empty start_type value in configuration.');
  if (word === 'manual') throw new Stop('Error: Manual start_type not supported.');
  if (!['automatic', 'lazy', 'once'].includes(word)) {
    throw new Stop(`Error: Invalid start_type value in configuration (${word}).`);
  }
}

/** `topic <pattern> [out|in|both [<qos> [<local prefix> [<remote prefix>]]]]` */
function topic(statement: Statement): void {
  const { words } = statement;
  const bridge = bridgeOf(statement);
  if (words.next() === undefined) throw new Stop('Error: Empty topic value in configuration.');
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

export const bridgeStatements = {
  connection,
  address,
  addresses: address,
  bridge_protocol_version: protocolVersion,
  restart_timeout: restartTimeout,
  start_type: startType,
  topic,
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
