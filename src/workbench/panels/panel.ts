/**
 * The contract between the workbench and its panels. A panel is a view of one run: it knows only the
 * context that it is given and no other panel, and asks the room only through `context.room`.
 *
 * To add one: write `panels/<name>/<name>-panel.ts` (or any file) that exports
 * `create…(context: PanelContext): Panel`, its line in `registry.ts`, and its style in
 * `../styles/styles.css`. Its file and its words are fetched when the panel is first opened.
 *
 *  - The factory is called once. `element` is put into the tab's `tabpanel`, which names it: no
 *    heading of its own is needed. It is shown only from `show()` to `hide()`; a hidden panel should
 *    draw nothing (keep what has to be counted, skip the DOM) and catch up in `show()`.
 *  - `context.record.subscribe(…)` calls at most once a frame; unsubscribe in `dispose()`.
 *  - Scroll places are kept by the host while another tab is in front. What else a panel wants to
 *    remember over a reload goes into `context.store`.
 *  - The height: beside the lesson the panel has what the dock gives it, which a learner can make as
 *    low as 5rem; below 1100 px it gives itself a height. Fill it (`flex: 1; min-height: 0`) and
 *    scroll inside.
 *  - Everything that came over a wire is shown as text only: a value in a template is text.
 */
import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { BrokerDeed } from '../../../sandbox/protocol/process.ts';
import type { OnCloud } from '../../../sandbox/protocol/trace.ts';
import type { TextStore } from '../store/drafts.ts';
import type { FaceBoard } from '../faces/face-board.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import type { RecordView, RunRecord } from '../run/record.ts';
import type { Moment } from '../time/moment.ts';
import type { Model } from '../model/model.ts';
import type { LineConditions } from '../room/line-conditions.ts';
import type { Room, RoomInfo } from '../room/room.ts';
import type { CodeEditor } from '../run/code-editor.ts';
import type { WordArea } from '../i18n/word-areas.ts';
import type { Words } from '../i18n/words.ts';
import type { ClientLines } from '../trace/clients.ts';

export interface PanelContext {
  /** `<lesson>/<exercise>`. */
  exercise: string;
  language: 'en' | 'zh-tw';
  data: ExerciseData;
  /** Names of the programs as the trace has them: file names without `.ts`. */
  devices: readonly string[];
  /**
   * Trace entries, console lines and device states as they were at the moment that is shown: what a
   * panel draws. To go back in time is another generation.
   */
  record: RecordView;
  /** The same as they are now, for what is asked of the room. */
  run: RunRecord;
  /** Which moment is shown. */
  time: Moment;
  /** Names and roles of the run's lines, as far as `record` goes; a new object for each run. */
  readonly lines: ClientLines;
  /** The same of `run`. */
  readonly runLines: ClientLines;
  /** The workbench's words, the wire's, and the areas that the panel's entry names. */
  words: Words;
  room: PanelRoom;
  /** Network conditions on the lines of clients; the device tabs freeze lines, too. */
  conditions: LineConditions;
  /** The things that programs light, move and read. */
  faces: FaceBoard;
  model: Pick<
    Model,
    'filesStatus' | 'checkCount' | 'mosquitto' | 'runBegan' | 'editBrokerFile' | 'on'
  >;
  files: PanelFiles;
  /** What is kept for this panel in this browser; its keys are the panel's own. */
  store: TextStore;
  /** Nothing can be changed from here: what would change the room is not offered. */
  isReadOnly?: boolean;
}

/** Requests to the room. Each makes the room if there is none yet, and rejects with a RoomError. */
export interface PanelRoom extends Pick<
  Room,
  'place' | 'connect' | 'arm' | 'cut' | 'disconnect' | 'clearRetained' | 'state' | 'openLine'
> {
  /** The room's address and ports; undefined until the room is made. */
  readonly answer: RoomInfo | undefined;
  /**
   * Ends the run and starts the broker again with the scene. Files given here are the broker's from
   * now on, for later runs too. Resolves when the broker runs, whether or not it accepted the files.
   */
  reset(files?: BrokerFiles): Promise<void>;
  /**
   * Does something to the broker's process. The run goes on; a start reads the files as they are
   * written now, or those given here, which no later run gets.
   */
  operate(deed: BrokerDeed, on?: OnCloud, given?: BrokerFiles): Promise<void>;
  /** Reports the state of a program that has no tab, such as a terminal's; in the trace by this name. */
  report(...reported: Parameters<Room['reportDevice']>): void;
}

/** The broker's own files of this exercise (`data.files` has them as they were at first). */
export interface PanelFiles {
  /** The learner's draft if there is one, else the exercise's own. */
  load(): BrokerFiles;
  /** Stores a draft in this browser. The broker gets it by `room.reset(files)`. */
  save(files: BrokerFiles): void;
  /** The broker that each run has, in a container; undefined: the machine's own. */
  contain(files: (() => BrokerFiles) | undefined): void;
  /** Names of those that were changed since they were given to the broker. */
  unapplied(): readonly string[];
  onChange(listener: (files: BrokerFiles) => void): () => void;
  /** The same editor as the programs have, for any text files. */
  edit(
    container: HTMLElement,
    files: readonly { name: string; text: string }[],
  ): Promise<CodeEditor>;
}

export interface Panel {
  element: HTMLElement;
  show(): void;
  hide(): void;
  /** Chooses this entry of the trace and takes the focus. Called while it is shown. */
  choose?(n: number): void;
  dispose(): void;
}
export type CreatePanel = (context: PanelContext) => Panel;
export interface PanelEntry {
  /** Key of the workbench's words: the tab's name. */
  label: string;
  /** Language files (`src/i18n/<language>/<area>.json`) that the panel needs besides. */
  areas: readonly WordArea[];
  load(): Promise<CreatePanel>;
}
