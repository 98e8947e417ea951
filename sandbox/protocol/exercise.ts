/** Exercises: devices, scene, checks and hints. */
import type { FaultRule } from './faults.ts';
import type { MqttVersion, QoS } from './mqtt.ts';
import type { BrokerState } from './state.ts';
import type { TraceEntry } from './trace.ts';

/** What a check sees. Pure data: the same for tests, the page and the class. */
export interface View {
  entries: readonly TraceEntry[];
  state: BrokerState;
}
/** Values that a hint's sentence quotes; shown as text. */
export type HintValues = Record<string, string | number>;
export interface Hint {
  /** The name of the folder in `mistakes/` that must get this hint, and of `<Hint for>` in the lesson. */
  id: string;
  /** Truthy where this is what went wrong. Asked in order; the first one wins. */
  when(view: View): boolean | HintValues;
}
export interface Check {
  /** The `<Check id>` of the lesson. */
  id: string;
  holds(view: View): boolean;
  hints?: Hint[];
}
export interface CheckResult {
  id: string;
  state: 'true' | 'not-yet';
  hint?: { id: string; values: HintValues };
}
/** A broker's own files, by name. */
export type BrokerFiles = Partial<Record<'mosquitto.conf' | 'passwd' | 'acl', string>>;

/** Something to tell the author of a broker's file. */
export interface FileProblem {
  /** As Mosquitto names it: `/etc/mosquitto/mosquitto.conf`. */
  file: string;
  /** 1 for the first line; 0 where the problem is the file's as a whole. */
  line: number;
  /** With an error the broker does not start. */
  severity: 'error' | 'warning';
  /** Mosquitto's own words, unless `key` (of the language files: `files.<key>`) says they are ours. */
  text: string;
  key?: string;
  values?: HintValues;
}

/** A client that is already in the room. Every actor is a real MQTT.js client on a memory line. */
export interface Actor {
  name: string;
  clientId?: string;
  version?: MqttVersion;
  subscribes?: { filter: string; qos?: QoS }[];
  /** Once connected and subscribed; again every `everyMs` where given. */
  publishes?: { topic: string; payload: string; qos?: QoS; retain?: boolean; everyMs?: number }[];
  /** To each message on `filter`: publish `payload` to `topic` (5.0: to its response topic where it has one). */
  answers?: { filter: string; topic?: string; payload: string }[];
}
export interface Scene {
  actors?: Actor[];
  retained?: { topic: string; payload: string; qos?: QoS }[];
  faults?: FaultRule[];
  files?: BrokerFiles;
}
/** The workbench's views of a run (`src/workbench/panels/panel.ts`). */
export type PanelName =
  'messages' | 'wire' | 'packets' | 'broker' | 'topics' | 'line' | 'terminal' | 'files';
export interface Exercise {
  /** File names of the programs, in the order of their tabs. */
  devices: string[];
  scene: Scene;
  checks: Check[];
  /** The panels that stand open at first, the first of them in front; `['packets']` where absent. */
  panels?: PanelName[];
  /** False: the broker panel shows and does nothing, where a button would do the exercise. Default true. */
  brokerActions?: boolean;
}
