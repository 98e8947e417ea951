/** The broker's own files and the sentence on their state, without DOM. */
import { modeOf } from '../../../../sandbox/mosquitto/conf/file-modes.ts';
import {
  brokerFileNames,
  fileNamesIn,
  type BrokerFiles,
  type FileProblem,
  type RoomFileName,
} from '../../../../sandbox/protocol/exercise.ts';
import type { FilesStatus } from '../../room/room.ts';

export type FileName = RoomFileName;

export interface FilesState {
  applying: boolean;
  /** The draft differs from what the broker was given. */
  changed: boolean;
  /** The broker's verdict on the files that it was given. */
  verdict: FilesStatus | undefined;
  /** The exercise has broker files. */
  hasFiles: boolean;
}

/** The key of the sentence: of the words `terminal.files.`. */
export function statusKey({ applying, changed, verdict, hasFiles }: FilesState): string {
  if (applying) return 'applying';
  if (changed) return 'unsaved';
  if (!verdict) return hasFiles ? 'log-empty' : 'none';
  if (!verdict.started) return 'stopped';
  return verdict.problems.length > 0 ? 'warnings' : 'running';
}

/** Where a line of `before` stands in `now`; undefined if it is gone: what was said of it is, too. */
export function movedLine(before: string, now: string, line: number): number | undefined {
  const was = before.split('\n');
  const is = now.split('\n');
  const text = was[line - 1];
  if (text === undefined || is[line - 1] === text) return line;
  const order = is.map((one, at) => [Math.abs(at + 1 - line), one, at + 1] as const);
  return order.sort(([one], [other]) => one - other).find(([, one]) => one === text)?.[2];
}

/** The tab of the file that a problem is in, if it has one. */
export function tabOf({ file, on }: FileProblem): FileName | undefined {
  const name = brokerFileNames.find((each) => file.endsWith(`/${each}`));
  return name && on ? `${on}/${name}` : name;
}

/** Of the machine with the terminal: the second broker's files have the usual owners. */
export function shownMode({ modes }: BrokerFiles, name: FileName) {
  if (!brokerFileNames.some((each) => each === name)) return undefined;
  const { owner, group, bits } = modeOf(modes, name);
  return { owner, group, mode: bits.toString(8) };
}

/** An empty file that did not exist is left out: Mosquitto tells the two apart. */
export function filesFrom(textOf: (name: FileName) => string, before: BrokerFiles): BrokerFiles {
  const { mosquitto, modes } = before;
  const files: BrokerFiles = { ...(mosquitto && { mosquitto }), ...(modes && { modes }) };
  for (const name of fileNamesIn(before)) {
    const text = textOf(name);
    if (text !== '' || before[name] !== undefined) files[name] = text;
  }
  return files;
}
