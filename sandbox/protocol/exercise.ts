/** Exercises: devices, scene, checks and hints. */
import * as v from 'valibot';
import type { FaultRule } from './faults.ts';
import type { Machines } from './machines.ts';
import { mosquittoVersion, type MosquittoVersion } from './mosquitto.ts';
import type { MqttVersion, QoS } from './mqtt.ts';
import type { BrokerState } from './state.ts';
import type { TraceEntry } from './trace.ts';

/** The input of a check. Pure data: the same for tests, the page and the class. */
export interface View {
  entries: readonly TraceEntry[];
  state: BrokerState;
  /** For hints: when they are asked, as `at` of an entry. Absent: when the last entry was written. */
  now?: number;
}
/** Values that a hint's sentence quotes; shown as text. */
const hintValues = v.record(v.string(), v.union([v.string(), v.number()]));
export type HintValues = v.InferOutput<typeof hintValues>;
export interface Hint {
  /** The name of the folder in `mistakes/` that must get this hint, and of `<Hint for>` in the lesson. */
  id: string;
  /** Truthy if this went wrong. Hints are tried in order; the first truthy one is shown. */
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
/**
 * Owner, group and mode of a file, as in `root:mosquitto 640`; absent: the usual (`modeOf` of
 * `sandbox/mosquitto/conf/file-modes.ts`). `.`: of the directory.
 */
const fileMode = v.optional(v.pipe(v.string(), v.maxLength(80)));
const fileModes = v.object({
  '.': fileMode,
  'mosquitto.conf': fileMode,
  passwd: fileMode,
  acl: fileMode,
});
export type FileModes = v.InferOutput<typeof fileModes>;
/**
 * A broker's own files, by name, and which Mosquitto reads them; absent: the exercise's. `cloud/…`: those of
 * a second broker, on a machine of its own, which a room has if it has one of these.
 */
export const brokerFiles = v.object({
  'mosquitto.conf': fileText,
  passwd: fileText,
  acl: fileText,
  'cloud/mosquitto.conf': fileText,
  'cloud/passwd': fileText,
  'cloud/acl': fileText,
  mosquitto: v.optional(mosquittoVersion),
  modes: v.optional(fileModes),
  /**
   * The broker runs in a container of Docker's, with these as its files: which ports of the machine lead to
   * which of the container, `1883:1883 ~8080:9001` (~: for the machine alone); `host`: it has the machine's own.
   */
  container: v.optional(v.pipe(v.string(), v.maxLength(1000))),
});
export type BrokerFiles = v.InferOutput<typeof brokerFiles>;
/** The machines of a room's brokers, as other machines call them. */
export const brokerNames = ['house', 'cloud'] as const;
export type BrokerName = (typeof brokerNames)[number];
export const brokerFileNames = ['mosquitto.conf', 'passwd', 'acl'] as const;
export type BrokerFileName = (typeof brokerFileNames)[number];
export const cloudFileNames = ['cloud/mosquitto.conf', 'cloud/passwd', 'cloud/acl'] as const;
/** The name of a file of either broker. */
export type RoomFileName = BrokerFileName | `cloud/${BrokerFileName}`;
export type OneBrokersFiles = Pick<BrokerFiles, BrokerFileName>;

/** Those of the second broker, by their names on its machine; undefined if there is none. */
export function cloudFiles(files: BrokerFiles | undefined): OneBrokersFiles | undefined {
  const found: OneBrokersFiles = {};
  for (const name of brokerFileNames) {
    const text = files?.[`cloud/${name}`];
    if (text !== undefined) found[name] = text;
  }
  return hasFiles(found) ? found : undefined;
}
/** The names of the files of a room's brokers: of the second one those that it has. */
export const fileNamesIn = (files: BrokerFiles): readonly RoomFileName[] => [
  ...brokerFileNames,
  ...cloudFileNames.filter((name) => files[name] !== undefined),
];
/** Whether there is a file, and not only a choice of the version. */
export const hasFiles = (files: BrokerFiles | undefined): boolean =>
  files !== undefined && brokerFileNames.some((name) => files[name] !== undefined);

/** A problem in a broker file, for its author. */
export const fileProblem = v.object({
  /** As Mosquitto names it: `/etc/mosquitto/mosquitto.conf`. */
  file: v.string(),
  /** On the second broker's machine; absent: on the usual one's. */
  on: v.optional(v.literal('cloud')),
  /** 1 for the first line; 0 if the problem is the file's as a whole. */
  line: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** With an error the broker does not start. */
  severity: v.picklist(['error', 'warning']),
  /**
   * Mosquitto's own message. With `key` (`files.<key>` in the language files) it is the sandbox's.
   */
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
  /** Once connected and subscribed; again every `everyMs` if given. */
  publishes?: { topic: string; payload: string; qos?: QoS; retain?: boolean; everyMs?: number }[];
  /**
   * For each message on `filter`: publish `payload` to `topic` (5.0: to its response topic if it
   * has one).
   */
  answers?: { filter: string; topic?: string; payload: string }[];
}
/** Files that are there and that nobody edits, such as certificates: texts by their names. */
export interface GivenFiles {
  /** On the usual broker's machine, below `/etc/mosquitto`: `certs/server.crt`. */
  broker: Readonly<Record<string, string>>;
  /** In the folder of the programs, which then can speak TLS. No terminal sees them. */
  programs: Readonly<Record<string, string>>;
}
export interface Scene {
  actors?: Actor[];
  retained?: { topic: string; payload: string; qos?: QoS }[];
  faults?: FaultRule[];
  files?: BrokerFiles;
  /** Which Mosquitto the broker and the terminal's programs are; default: the host's choice. */
  mosquitto?: MosquittoVersion;
  given?: GivenFiles;
  /** Absent: all programs run on the broker's machine. */
  machines?: Machines;
  /** The broker's machine has Docker and no Mosquitto of its own: without a container no broker runs. */
  docker?: true;
}
/**
 * The workbench's views of a run (`src/workbench/panels/panel.ts`). `output` is what the programs
 * print and clients receive.
 */
export type PanelName =
  'stage' | 'output' | 'wire' | 'packets' | 'broker' | 'topics' | 'line' | 'terminal' | 'files';
/** What a run showed of a prediction: which of its answers came true, from 0 on. */
export interface Outcome {
  answer: number;
  /** Quoted by the `<Outcome>` of the lesson. */
  values?: HintValues;
  /** Number of the packet's entry in which one sees it. */
  entry?: number;
}
/** A `<Predict>` of the lesson, and how a run decides it. */
export interface Prediction {
  id: string;
  /** From the trace alone; undefined as long as the run does not show it. */
  measure(view: View): Outcome | undefined;
}
export interface Exercise {
  /** File names of the programs, in the order of their tabs. */
  devices: string[];
  scene: Scene;
  checks: Check[];
  /** Ids of common hints (`sandbox/checks/common.ts`) that don't speak here: its own hints do. */
  explains?: readonly string[];
  /** The panels that are open at first, the first of them in front; default `['stage', 'packets']`. */
  panels?: PanelName[];
  /** False: the broker panel has no buttons, if a button would solve the exercise. Default true. */
  brokerActions?: boolean;
  /** Quoted by the `<Proof>` of the lesson once all checks hold; from the trace alone. */
  proof?(view: View): HintValues;
  predictions?: Prediction[];
}
