import type { BrokerFiles, PanelName } from '../../../sandbox/protocol/exercise.ts';
import type { Machines } from '../../../sandbox/protocol/machines.ts';
import type { MosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';

/**
 * The data that the build writes for `<mqtt-workbench>` in its `<script type="application/json"
 * data-exercise>`. Only `<Exercise>` writes it. HTML in it comes from the lesson's own MDX, never
 * from a learner.
 */
export interface ExerciseInPage {
  /** The programs in the order of their tabs; `given`: the solution leaves it as it is. */
  devices: { name: string; starter: string; given?: true }[];
  /** The clients of the scene that the learner may watch, with the filters they subscribe to. */
  actors: { name: string; subscribes: string[] }[];
  /** What the broker holds as the exercise begins: no packet of the run says so. */
  retained: { topic: string; payload: string; qos?: 0 | 1 | 2 }[];
  /** In the order in which they are shown; `html` is the sentence. */
  checks: { id: string; html: string }[];
  /** The exercise's own, by id; `{name}` in a text is filled with the hint's values. */
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
}

/** With what every exercise has: its words come with the workbench, and not with each page. */
export interface ExerciseData extends ExerciseInPage {
  /** Those of every exercise, too. */
  hints: Record<string, string>;
  /** The language's words whose keys begin with `workbench.`, and no others. */
  strings: Record<string, string>;
}

/** The attributes of the element that holds it. */
const dataSelector = 'script[data-exercise]';

/** Throws with the place and the reason: a page without its data is a bug of the build. */
export function exerciseInPage(element: Element): ExerciseInPage {
  const script = element.querySelector(dataSelector);
  if (!script) throw new Error(`<mqtt-workbench>: no ${dataSelector} inside`);
  return JSON.parse(script.textContent ?? '') as ExerciseInPage;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
/** What stands between backticks becomes code, as in a lesson. */
const html = (text: string): string => escaped(text).replace(/`([^`]*)`/g, '<code>$1</code>');

/** @param common of `../i18n/common-words.ts`; the keys of `sentences` are `hint.<id>` */
export function exerciseDataOf(
  element: Element,
  common: { strings: Record<string, string>; sentences: Record<string, string> },
): ExerciseData {
  const own = exerciseInPage(element);
  const sentences = Object.entries(common.sentences);
  const hints = Object.fromEntries(
    sentences.map(([key, text]) => [key.replace(/^hint\./, ''), html(text)]),
  );
  return { ...own, hints: { ...hints, ...own.hints }, strings: common.strings };
}
