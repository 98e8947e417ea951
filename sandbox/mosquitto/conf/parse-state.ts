/** The state while a mosquitto.conf is parsed, like Mosquitto's `struct mosquitto__config`. */
import type { MqttVersion, QoS } from '../../protocol/mqtt.ts';
import type { Facts } from './changes.ts';
import type { Value } from './option.ts';
import type { LogLine } from './problem.ts';
import type { Tokenizer } from './c-text.ts';

export type Settings = Map<string, Value>;

/** A plugin with its options, `plugin_opt_<key>`. */
export interface PluginDraft {
  path: string;
  options: { key: string; value: string }[];
  /** Where it stands. */
  file: string;
  line: number;
}

export interface ListenerDraft {
  /** 0: not given (the default listener), or a Unix socket. */
  port: number;
  host?: string;
  unixSocket?: string;
  protocol: 'mqtt' | 'websockets';
  socketDomain?: 'ipv4' | 'ipv6';
  /** MQTT versions that it accepts (accept_protocol_versions); absent: all. */
  versions?: ReadonlySet<number>;
  /** Pages that may use it (websockets_origin); absent: all. */
  origins?: string[];
  /** -1 and 0: no limit. */
  maxConnections: number;
  settings: Settings;
  security: Settings;
  plugins: PluginDraft[];
  /** Where it was begun; 0 for the default listener. */
  line: number;
  file: string;
}

/** One `topic` line: what it takes there and here. */
export interface BridgeTopic {
  direction: 'out' | 'in' | 'both';
  qos: QoS;
  /** Filters, with the prefix of their side. */
  local: string;
  remote: string;
  localPrefix: string;
  remotePrefix: string;
}

export interface BridgeDraft {
  name: string;
  addresses: { host: string; port: number }[];
  topics: BridgeTopic[];
  settings: Settings;
  /** Seconds. */
  restart: { least: number; most: number };
  startType: 'automatic' | 'lazy' | 'once';
  version: MqttVersion;
}

export type LogType =
  | 'error'
  | 'warning'
  | 'notice'
  | 'information'
  | 'debug'
  | 'subscribe'
  | 'unsubscribe'
  | 'internal'
  | 'websockets';

export interface ConfState {
  broker: Settings;
  security: Settings;
  plugins: PluginDraft[];
  /** `plugin_load`, by its name. */
  loaded: Map<string, PluginDraft>;
  defaultListener: ListenerDraft;
  listeners: ListenerDraft[];
  /** 2.1: the default listener is one of them. */
  defaultIsMade: boolean;
  bridges: BridgeDraft[];
  /** Nothing has opened the broker to other machines yet. */
  localOnly: boolean;
  /** A security setting was met: per_listener_settings comes too late now. */
  securitySeen: boolean;
  logTypes?: Set<LogType>;
  logDestinations?: Set<string>;
  logFile?: string;
}

/**
 * One line being read. A file begins without bridge or plugin, and with the default listener (2.1:
 * with none).
 */
export interface Statement {
  /** The option as written, and the rest of its line. */
  name: string;
  words: Tokenizer;
  state: ConfState;
  facts: Facts;
  here: {
    file: string;
    line: number;
    listener?: ListenerDraft | undefined;
    bridge?: BridgeDraft;
    plugin?: PluginDraft;
  };
  /** Mosquitto logs this and continues. */
  log(level: LogLine['level'], text: string): void;
  /** A message of the sandbox (`files.<key>`), not of Mosquitto. */
  remark(key: string, values?: Record<string, string | number>): void;
}

/** Mosquitto logs this and does not start; an empty text: it stops without a message. */
export class Stop extends Error {
  readonly level: LogLine['level'];
  constructor(message: string, level: LogLine['level'] = 'error') {
    super(message);
    this.level = level;
  }
}

export function newListener(file: string, line: number): ListenerDraft {
  return {
    port: 0,
    protocol: 'mqtt',
    maxConnections: -1,
    settings: new Map(),
    security: new Map(),
    plugins: [],
    file,
    line,
  };
}

export function newState(): ConfState {
  return {
    broker: new Map(),
    security: new Map(),
    plugins: [],
    loaded: new Map(),
    defaultListener: newListener('', 0),
    listeners: [],
    defaultIsMade: false,
    bridges: [],
    localOnly: true,
    securitySeen: false,
  };
}

const aListenerFirst = (name: string): Stop =>
  new Stop(`Error: The '${name}' option requires a listener to be defined first.`);

/** The default listener. 2.1 opens it as soon as an option is about it. */
export function defaultListener({ state, facts, name, log }: Statement): ListenerDraft {
  const its = state.defaultListener;
  if (!facts.listenerFirst || state.defaultIsMade) return its;
  log('information', `Creating default listener due to '${name}' option.`);
  log(
    'information',
    `It is best practice to define a 'listener' first. Using the '${name}' option without a listener will be disabled in the future.`,
  );
  state.defaultIsMade = true;
  its.port = 1883;
  state.listeners.push(its);
  return its;
}

/** The listener that an option is about. 2.1 makes the default one, or wants one to be there. */
export function listenerOf(statement: Statement, needs?: 'listener' | 'no default'): ListenerDraft {
  const { here, state, name } = statement;
  if (needs === 'no default' && here.listener === state.defaultListener) throw aListenerFirst(name);
  if (here.listener) return here.listener;
  if (needs !== undefined) throw aListenerFirst(name);
  here.listener = defaultListener(statement);
  return here.listener;
}

/** Security settings are the broker's, or with per_listener_settings the listener's. */
export function securityOf(statement: Statement): { settings: Settings; plugins: PluginDraft[] } {
  const { state } = statement;
  const perListener = state.broker.get('per_listener_settings') === true;
  const its = perListener ? listenerOf(statement, 'listener') : undefined;
  state.securitySeen = true;
  return its
    ? { settings: its.security, plugins: its.plugins }
    : { settings: state.security, plugins: state.plugins };
}
