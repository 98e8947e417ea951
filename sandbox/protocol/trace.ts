/** Trace entries: what a room records of its lines, its broker and its programs. */
import type { FaultAction } from './faults.ts';
import type { Direction, MqttVersion } from './mqtt.ts';
import type { Held } from './process.ts';

export type Transport = 'websocket' | 'tcp' | 'tls' | 'memory';
/** device: a program of the exercise; actor: a client of the scene; bridge: a broker; outside: any other client. */
export type LineRole = 'device' | 'actor' | 'bridge' | 'outside';
/** The second broker of the room; absent: the usual one. */
export type OnCloud = 'cloud';
/** Who ended a line; `reset`: the broker's machine, which after a start knows nothing of it. */
export type ClosedBy = 'client' | 'broker' | 'gate' | 'limit' | 'fault' | 'room' | 'reset';
/**
 * What a limit did: paused the sender, dropped a message or a session, closed the line, or refused
 * with a reason code. One limit may have different effects on a 3.1.1 and a 5.0 client.
 */
export type LimitEffect = 'paused' | 'dropped' | 'closed' | 'refused';
/** The fate of a packet between the socket and the broker. */
export type Fate = 'passed' | 'dropped' | 'delayed' | 'duplicated' | 'held' | 'refused';

interface EntryBase {
  /** 1, 2, 3 … since the room was last reset. */
  n: number;
  /** Milliseconds since the room was last reset, with fractions. */
  at: number;
}
export interface LineOpenedEntry extends EntryBase {
  type: 'line-opened';
  /** Unique in the room since its last reset. */
  line: number;
  transport: Transport;
  role: LineRole;
  /** The device's file name without `.ts`, the actor's name, or that of the bridge's broker. */
  name?: string;
  /** The broker that it leads to. */
  on?: OnCloud;
  /** What a program's URL asked for. The page carries its bytes otherwise: see `transport`. */
  target?: { port: number; protocol: 'mqtt' | 'websockets' };
}
export interface LineClosedEntry extends EntryBase {
  type: 'line-closed';
  line: number;
  by: ClosedBy;
}
/**
 * No listener is open at the client's port, or it does not accept the client: the connection is
 * refused.
 */
export interface LineRefusedEntry extends EntryBase {
  type: 'line-refused';
  transport: Transport;
  role: LineRole;
  name?: string;
  /** The port that the program asked for. */
  port?: number;
  on?: OnCloud;
  /** Key of the language files (`files.refused.<refusal>`). */
  refusal: string;
}
export interface PacketEntry extends EntryBase {
  type: 'packet';
  line: number;
  direction: Direction;
  version: MqttVersion;
  /** The whole packet as it went over the wire. */
  bytes: Uint8Array;
  fate: Fate;
}
/** The gate refused a frame (or bytes that can't become one). */
export interface RefusedEntry extends EntryBase {
  type: 'refused';
  line: number;
  version: MqttVersion;
  /** Key of the language files (`rule.<rule>`). */
  rule: string;
  /** Normative statement or section, e.g. `MQTT-3.3.2-2`. */
  statement: string;
  /** The received bytes, at most 1,024. */
  bytes: Uint8Array;
}
/** A limit of the sandbox (not of MQTT) stopped or slowed something. */
export interface LimitEntry extends EntryBase {
  type: 'limit';
  line?: number;
  /** A key of `config.limits`; the language files explain it (`limit.<limit>`). */
  limit: string;
  value: number;
  effect: LimitEffect;
}
export interface FaultEntry extends EntryBase {
  type: 'fault';
  line: number;
  action: FaultAction['do'];
  /** The packet entry that it was applied to, if there is one. */
  packet?: number;
  /** Of a delay: milliseconds. */
  ms?: number;
}
/** A person had the broker forget a retained message: no packet says so. */
export interface RetainedClearedEntry extends EntryBase {
  type: 'retained-cleared';
  topic: string;
  on?: OnCloud;
}
/** The state of a program of the page, as the page reports it. */
export interface DeviceEntry extends EntryBase {
  type: 'device';
  device: string;
  state: DeviceState;
  /**
   * With `running`, of a command of the page's terminal. With the terminal's own name as `device`, a line that
   * started no program: `off`, it waits for another command's end; `failed`, the shell could not run it.
   */
  typed?: Typed | undefined;
  /** With `failed`, of a program of the page: see `mostError`. */
  error?: string | undefined;
}
/** What a page says of a program beside its state. */
export type DeviceDetails = Pick<DeviceEntry, 'typed' | 'error'>;
/**
 * For hints alone, as `Typed`: the error that ended the program, `TypeError: x is not a function`, so
 * many characters of it.
 */
export const mostError = 200;
/** For hints alone: what passes an exercise is what went over the wire. Longer texts are cut. */
export interface Typed {
  /** As it stood in the terminal, at most `mostTyped.line` characters. */
  line: string;
  /** What the shell made of it for this program, without its name. */
  words: string[];
}
/** Characters of the line, number of words, characters of a word. */
export const mostTyped = { line: 200, words: 24, word: 100 } as const;
/** The broker's log, with Mosquitto's messages. */
export interface LogEntry extends EntryBase {
  type: 'log';
  level: 'error' | 'warning' | 'notice' | 'information';
  text: string;
  on?: OnCloud;
}
/**
 * The broker's process ended, was started, or saved what it holds. `failed`: it was started, and its
 * files or systemd prevented it.
 */
export interface BrokerEntry extends EntryBase {
  type: 'broker';
  what: 'saved' | 'stopped' | 'killed' | 'power-cut' | 'started' | 'failed';
  on?: OnCloud;
  /** What its file holds: saved by it, or read when it started. Absent: it has no such file. */
  file?: Held;
  /** What it held and its file does not, when it ended. */
  lost?: Held;
}
export type TraceEntry =
  | LineOpenedEntry
  | LineClosedEntry
  | LineRefusedEntry
  | PacketEntry
  | RefusedEntry
  | LimitEntry
  | FaultEntry
  | RetainedClearedEntry
  | DeviceEntry
  | BrokerEntry
  | LogEntry;

export const deviceStates = ['off', 'running', 'ended', 'failed'] as const;
export type DeviceState = (typeof deviceStates)[number];

/** An entry before the trace has numbered and timed it; its bytes may change afterwards. */
export type NewEntry = TraceEntry extends infer E
  ? E extends TraceEntry
    ? Omit<E, 'n' | 'at'>
    : never
  : never;
