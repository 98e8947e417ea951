/** The state while a mosquitto.conf is parsed, like Mosquitto's `struct mosquitto__config`. */
import type { Value } from './options.ts';
import type { LogLine } from './problem.ts';
import type { Tokenizer } from './c-text.ts';

export type Settings = Map<string, Value>;

export interface ListenerDraft {
  /** 0: not given (the default listener), or a Unix socket. */
  port: number;
  host?: string;
  unixSocket?: string;
  protocol: 'mqtt' | 'websockets';
  socketDomain?: 'ipv4' | 'ipv6';
  /** -1 and 0: no limit. */
  maxConnections: number;
  settings: Settings;
  security: Settings;
  plugins: string[];
  /** Where it was begun; 0 for the default listener. */
  line: number;
  file: string;
}

export interface BridgeDraft {
  name: string;
  addresses: number;
  topics: number;
  settings: Settings;
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
  plugins: string[];
  defaultListener: ListenerDraft;
  listeners: ListenerDraft[];
  bridges: BridgeDraft[];
  /** Nothing has opened the broker to other machines yet. */
  localOnly: boolean;
  /** A security setting was met: per_listener_settings comes too late now. */
  securitySeen: boolean;
  logTypes?: Set<LogType>;
  logDestinations?: Set<string>;
  logFile?: string;
}

/** One line being read. A file begins with the default listener and without bridge or plugin. */
export interface Statement {
  /** The option as written, and the rest of its line. */
  name: string;
  words: Tokenizer;
  state: ConfState;
  here: {
    file: string;
    line: number;
    listener: ListenerDraft;
    bridge?: BridgeDraft;
    pluginOf?: string[];
  };
  /** Mosquitto logs this and continues. */
  log(level: LogLine['level'], text: string): void;
  /** A message of the sandbox (`files.<key>`), not of Mosquitto. */
  remark(key: string, values?: Record<string, string | number>): void;
}

/** Mosquitto logs this and does not start; an empty text: it stops without a message. */
export class Stop extends Error {}

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
    defaultListener: newListener('', 0),
    listeners: [],
    bridges: [],
    localOnly: true,
    securitySeen: false,
  };
}

/** Security settings are the broker's, or with per_listener_settings the listener's. */
export function securityOf(statement: Statement): Settings {
  const { state, here } = statement;
  state.securitySeen = true;
  return state.broker.get('per_listener_settings') === true
    ? here.listener.security
    : state.security;
}
