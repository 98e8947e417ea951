/** A notice as data: a message beside the program, and the actions for it. */
import type { CompileProblem } from '../compile/compiled.ts';
import type { RoomPlace } from '../room/room.ts';
import type { WordArea } from '../i18n/word-areas.ts';

/** There is at most one notice for each. */
export type NoticeSubject =
  | 'room'
  | 'replaced'
  | 'moved'
  | 'end'
  | 'busy'
  | 'problem'
  | 'line'
  | 'files'
  | 'restored'
  | 'device'
  | 'editor'
  | 'download'
  | 'share'
  | 'shared'
  | 'aside'
  | 'unkept'
  | 'newer'
  | 'died'
  | 'gone';

/** A key of the language files, and the values of its `{name}`s. */
export interface Text {
  key: string;
  values?: Record<string, string | number | Text>;
}

export interface Notice {
  text: Text;
  tone?: 'wrong' | 'plain';
  /** Language files that the text needs besides the workbench's own. */
  areas?: readonly WordArea[];
  /** Seldom more than one. */
  actions?: readonly { label: Text; action: NoticeAction }[];
  /** A link to copy; `select`: the browser could not copy it, so the reader has to. */
  link?: { url: string; select: boolean };
}

export type NoticeAction =
  | { do: 'retry-connection' }
  | { do: 'move-room'; to: RoomPlace }
  | { do: 'run' }
  | { do: 'apply-and-run' }
  | { do: 'go-to'; place: CompileProblem }
  | { do: 'undo' }
  | { do: 'open-editor' }
  | { do: 'download'; toRoom: boolean }
  | { do: 'restore-own' }
  | { do: 'show-shared' }
  | { do: 'keep-shared' }
  | { do: 'put-back' }
  | { do: 'restore-before' }
  | { do: 'reload' }
  | { do: 'dismiss'; subject: NoticeSubject };
export type NoticeHandlers = {
  [Name in NoticeAction['do']]: (action: Extract<NoticeAction, { do: Name }>) => void;
};
