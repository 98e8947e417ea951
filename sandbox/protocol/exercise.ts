/** Exercises: devices, scene, checks and hints. */
import * as v from 'valibot';
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
const hintValues = v.record(v.string(), v.union([v.string(), v.number()]));
export type HintValues = v.InferOutput<typeof hintValues>;
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
export const checkResult = v.object({
  id: v.string(),
  state: v.picklist(['true', 'not-yet']),
  hint: v.optional(v.object({ id: v.string(), values: hintValues })),
});
export type CheckResult = v.InferOutput<typeof checkResult>;

const fileText = v.optional(v.pipe(v.string(), v.maxLength(65_536)));
/** A broker's own files, by name. */
export const brokerFiles = v.object({
  'mosquitto.conf': fileText,
  passwd: fileText,
  acl: fileText,
});
export type BrokerFiles = v.InferOutput<typeof brokerFiles>;

/** Something to tell the author of a broker's file. */
export const fileProblem = v.object({
  /** As Mosquitto names it: `/etc/mosquitto/mosquitto.conf`. */
  file: v.string(),
  /** 1 for the first line; 0 if the problem is the file's as a whole. */
  line: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** With an error the broker does not start. */
  severity: v.picklist(['error', 'warning']),
  /** Mosquitto's own words, unless `key` (of the language files: `files.<key>`) says they are ours. */
  text: v.string(),
  key: v.optional(v.string()),
  values: v.optional(hintValues),
});
export type FileProblem = v.InferOutput<typeof fileProblem>;

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
