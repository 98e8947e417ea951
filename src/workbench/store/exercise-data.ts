import type { BrokerFiles, PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Machines } from '../../../sandbox/protocol/machines.ts';
import type { MosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';

/**
 * The data that the build writes for `<mqtt-workbench>` in its `<script type="application/json"
 * data-exercise>`. Only `<Exercise>` writes it, and only `workbench.ts` reads it. HTML in it comes
 * from the lesson's own MDX, never from a learner.
 */
export interface ExerciseData {
  /** The programs in the order of their tabs; `given`: the solution leaves it as it is. */
  devices: { name: string; starter: string; given?: true }[];
  /** The clients of the scene that the learner may watch, with the filters they subscribe to. */
  actors: { name: string; subscribes: string[] }[];
  /** What the broker holds as the exercise begins: no packet of the run says so. */
  retained: { topic: string; payload: string; qos?: 0 | 1 | 2 }[];
  /** In the order in which they are shown; `html` is the sentence. */
  checks: { id: string; html: string }[];
  /** By the hint's id; `{name}` in its text is filled with the hint's values. */
  hints: Record<string, string>;
  /** What is proved once all checks hold, with `{name}` for its values. */
  proof?: string | undefined;
  /** A correct program for each device, in the same order; shown only when the learner asks for it. */
  solution: { name: string; text: string }[];
  /** The broker's own files as the exercise begins; empty if the exercise has none. */
  files: BrokerFiles;
  /** Which Mosquitto the room will be, if the exercise chooses. */
  mosquitto?: MosquittoVersion | undefined;
  /** Where its programs run; absent: on the broker's machine. */
  machines?: Machines | undefined;
  /** The broker's machine has only Docker. */
  docker?: true | undefined;
  /** The files beside its programs (`GivenFiles.programs`). */
  given?: Readonly<Record<string, string>> | undefined;
  /** Panels open at the start, beside the program, the checks and the scene. */
  panels: PanelName[];
  /** Whether the broker panel may clear, disconnect and restart. */
  brokerActions: boolean;
  /**
   * The language's words whose keys begin with `workbench.`, and no others: they are on the page.
   */
  strings: Record<string, string>;
}

/** The attributes of the element that holds it. */
const dataSelector = 'script[data-exercise]';

/** Throws with the place and the reason: a page without its data is a bug of the build. */
export function exerciseDataOf(element: Element): ExerciseData {
  const script = element.querySelector(dataSelector);
  if (!script) throw new Error(`<mqtt-workbench>: no ${dataSelector} inside`);
  return JSON.parse(script.textContent ?? '') as ExerciseData;
}
