/**
 * The contract between the workbench and its panels. A panel is a view of one run: it knows only the
 * context that it is given, and asks the room only through `context.room`.
 *
 * To add one: write `panels/<name>/<name>-panel.ts` (or any file) that exports
 * `create…(context: PanelContext): Panel`, and its line in `registry.ts`. Its file, its style
 * (import the .css in it) and its words are fetched when the panel is first opened, not before.
 *
 *  - The factory is called once. `element` is put into the tab's `tabpanel`, which names it: no
 *    heading of its own is needed. It is shown only from `show()` to `hide()`; a hidden panel should
 *    draw nothing (keep what has to be counted, skip the DOM) and catch up in `show()`.
 *  - `context.record.subscribe(…)` calls at most once a frame; unsubscribe in `dispose()`.
 *  - Scroll places are kept by the host while another tab is in front. What else a panel wants to
 *    remember over a reload goes into `context.store`.
 *  - The height: the host gives the panel what is left beside the lesson (at least 11rem) and a
 *    fixed height below 1100 px; fill it (`flex: 1; min-height: 0`) and scroll inside.
 *  - Everything that came over a wire is shown as text only (`h` in dom.ts makes text nodes).
 */
import type { BrokerFiles } from '../../../sandbox/protocol/exercise.ts';
import type { TextStore } from '../store/drafts.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import type { RunRecord } from '../run/record.ts';
import type { PanelRoom } from '../room/panel-room.ts';
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
  /** Trace entries, console lines and device states of the run; subscribe to hear of news. */
  record: RunRecord;
  /** Names and roles of the run's lines, as far as `record` goes; a new object for each run. */
  readonly lines: ClientLines;
  /** The workbench's words, the wire's, and the areas that the panel's entry names. */
  words: Words;
  room: PanelRoom;
  files: PanelFiles;
  /** What is kept for this panel in this browser; its keys are the panel's own. */
  store: TextStore;
  /** Says it politely to screen readers. Seldom: what a reader did not ask for interrupts. */
  announce(text: string): void;
}

/** The broker's own files of this exercise (`data.files` has them as they were at first). */
export interface PanelFiles {
  /** The learner's draft where there is one, else the exercise's own. */
  load(): BrokerFiles;
  /** Kept for this exercise in this browser. Says nothing to the broker: `room.reset(files)` does. */
  save(files: BrokerFiles): void;
  /** Names of those that were changed since they were given to the broker. */
  unapplied(): readonly string[];
  onChange(listener: (files: BrokerFiles) => void): () => void;
  /** The same editor as the programs have, for any text files. */
  edit(
    container: HTMLElement,
    files: readonly { name: string; text: string }[],
  ): Promise<FilesEditor>;
}
export interface FilesEditor {
  show(name: string): void;
  text(name: string): string;
  setFiles(files: { name: string; text: string }[]): void;
  onChange(listener: (name: string, text: string) => void): () => void;
  /** Lines and columns are 1-based; an empty list clears. */
  setProblems(
    problems: {
      file: string;
      line: number;
      column: number;
      message: string;
      severity?: 'error' | 'warning';
    }[],
  ): void;
  revealProblem(file: string, line: number, column: number, message: string): void;
  focus(): void;
  setTheme(theme: 'light' | 'dark'): void;
  dispose(): void;
}

export interface Panel {
  element: HTMLElement;
  show(): void;
  hide(): void;
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
