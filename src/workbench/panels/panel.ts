/**
 * The contract between the workbench and its panels. A panel is a view of one run: it knows only the
 * context that it is given, and asks the room only through `context.room`.
 *
 * To add one: write `panels/<name>/<name>-panel.ts` (or any file) that exports
 * `create…(context: PanelContext): Panel`, and its line in `panels` below. Its file, its style
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
import type {
  BrokerFiles,
  BrokerState,
  DeviceState,
  FaultRule,
  FileProblem,
  LineWeather,
  PanelName,
  RoomAnswer,
} from '../../../sandbox/protocol/protocol.ts';
import type { TextStore } from '../store/drafts.ts';
import type { ExerciseData } from '../exercise-data.ts';
import type { RunRecord } from '../run/record.ts';
import type { Words } from '../i18n/words.ts';
import type { Lines } from '../trace/clients.ts';

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
  readonly lines: Lines;
  /** The workbench's words, the wire's, and the areas that the panel's entry names. */
  words: Words;
  room: PanelRoom;
  files: PanelFiles;
  /** What is kept for this panel in this browser; its keys are the panel's own. */
  store: TextStore;
  /** Says it politely to screen readers. Seldom: what a reader did not ask for interrupts. */
  announce(text: string): void;
}

/** Requests to the room. Each makes the room where there is none yet, and rejects with an Error. */
export interface PanelRoom {
  /** Undefined until the room is made (`connect`, or any request). */
  readonly answer: RoomAnswer | undefined;
  connect(): Promise<RoomAnswer>;
  /** `replace`: in the place of what this page has armed before; the scene's rules stay. */
  arm(rules: FaultRule[], replace?: boolean): Promise<void>;
  /** Only what is given changes; `frozen: false` thaws. Answers to `weatherOf` are kept in step. */
  weather(change: LineWeather): Promise<void>;
  /** What lies on a client's line now; the device tabs freeze lines too. Empty after a reset. */
  weatherOf(client: string): LineWeather;
  onWeather(listener: () => void): () => void;
  cut(client: string): Promise<void>;
  /** The broker ends the connection of this client identifier; a 5.0 client is told so. */
  disconnect(clientId: string): Promise<void>;
  clearRetained(topic: string): Promise<void>;
  state(): Promise<BrokerState>;
  /**
   * Ends the run and starts the broker again with the scene. Files given here are the broker's from
   * now on, for later runs too. Resolves when the broker stands, whether or not it took the files.
   */
  reset(files?: BrokerFiles): Promise<void>;
  /** What the broker said of its files: now, where it has said it, and after each reset of a room that has some. */
  onFiles(listener: (answer: FilesAnswer) => void): () => void;
  /** What became of a program that is no tab's, such as a terminal's; in the trace by this name. */
  report(program: string, state: DeviceState): void;
  /**
   * A line of the page's own, as a device's is: `Uint8Array` both ways on the port, null for its
   * end. `name` is its name in the trace. Resolves when the line is closed.
   */
  openLine(
    name: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void>;
}
/** Where a client's URL leads: `mqtt://localhost:1884`, `ws://localhost:9001`. */
export interface LineTarget {
  port: number;
  protocol: 'mqtt' | 'websockets';
}
export interface FilesAnswer {
  started: boolean;
  problems: readonly FileProblem[];
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
export type WordArea = 'wire' | 'panels' | 'wire-panel' | 'terminal' | 'files';

/** In the order of the tabs and of “More”. A panel without a line here is not offered. */
export const panels: Partial<Record<PanelName, PanelEntry>> = {
  messages: {
    label: 'workbench.panel.messages',
    areas: ['panels'],
    load: async () => (await import('./messages/messages-panel.ts')).createMessagesPanel,
  },
  wire: {
    label: 'workbench.panel.wire',
    areas: ['wire', 'wire-panel', 'files'],
    load: async () => (await import('./wire/wire-panel.ts')).createWirePanel,
  },
  packets: {
    label: 'workbench.panel.packets',
    areas: ['wire', 'panels', 'files'],
    load: async () => (await import('./packets/packets-panel.ts')).createPacketsPanel,
  },
  broker: {
    label: 'workbench.panel.broker',
    areas: ['panels'],
    load: async () => (await import('./broker/broker-panel.ts')).createBrokerPanel,
  },
  topics: {
    label: 'workbench.panel.topics',
    areas: ['wire', 'panels'],
    load: async () => (await import('./topics/topics-panel.ts')).createTopicsPanel,
  },
  line: {
    label: 'workbench.panel.line',
    areas: ['panels'],
    load: async () => (await import('./line/line-panel.ts')).createLinePanel,
  },
  terminal: {
    label: 'workbench.panel.terminal',
    areas: ['terminal'],
    load: async () => (await import('./terminal/terminal-panel.ts')).createTerminalPanel,
  },
  files: {
    label: 'workbench.panel.files',
    areas: ['terminal', 'files'],
    load: async () => (await import('./files/files-panel.ts')).createFilesPanel,
  },
};
