/**
 * What outlives the process: classes, their members, and what members have done. A write is durable
 * when its promise resolves. `suite.test.ts` runs over every store.
 */
import type { Assignment } from '../protocol/assignment.ts';
import type { HintValues } from '../protocol/exercise.ts';
import type { SharedState } from '../protocol/shared-room.ts';
import type { Work } from '../protocol/work.ts';

export interface ClassRow {
  id: string;
  /** For joining; unique. */
  code: string;
  language: 'en' | 'zh-tw';
  /** Nobody new may join. */
  locked: boolean;
  /** Only names of the teacher's list may join. */
  listOnly: boolean;
  /** Who joins waits for the teacher's yes. */
  asks: boolean;
  /** Null: nothing is assigned. */
  assignment: Assignment | null;
  /** The shared room; null: it was never opened. */
  shared: SharedRow | null;
  /** Milliseconds since 1970, as all times here. */
  created: number;
}
export interface SharedRow extends SharedState {
  /** Makes the addresses of the members. */
  key: string;
}
export interface MemberRow {
  id: string;
  class: string;
  name: string;
  /** The personal code; unique in its class. */
  words: string;
  /** SHA-256 of the secret of each device, hexadecimal, the oldest first. */
  secrets: string[];
  joined: number;
  /** Of a name of the teacher's list: whether a learner has picked it; null for a name that was typed. */
  seat: 'free' | 'taken' | null;
  /** In the topics of the shared room; unique in the class. Null: the member has not used it. */
  handle: string | null;
}

/** A mistake that a member made on an exercise, as the hint of a check names it. */
export interface MistakeRow {
  member: string;
  exercise: string;
  /** The hint's id. */
  hint: string;
  /** The last time. */
  made: number;
  /** The program that made it, and the values of the hint. */
  example: MistakeExample;
}
export interface MistakeExample {
  files: { name: string; text: string }[];
  values: HintValues;
}

/** What the teacher has said, and how long it holds. An empty payload: it was taken back. */
export interface SaidRow {
  class: string;
  /** Of the class's broker. */
  topic: string;
  payload: string;
  until: number;
}

/** A browser that is the teacher's. */
export interface SessionRow {
  /** Of its token, hexadecimal. */
  hash: string;
  /** When it ends by itself. */
  until: number;
}

/** One change. A `put` inserts or replaces; a pass that is stored is never replaced. */
export type Change =
  | { put: 'class'; row: ClassRow }
  | { put: 'member'; row: MemberRow }
  | { put: 'work'; row: Work }
  | { put: 'mistake'; row: MistakeRow }
  | { put: 'said'; row: SaidRow }
  | { put: 'session'; row: SessionRow }
  /** The member's progress as text: `readProgress` reads it. */
  | { put: 'progress'; member: string; text: string }
  /** With everything of it. */
  | { drop: 'class'; id: string }
  | { drop: 'member'; id: string }
  /** What the teacher has said and no longer holds at that time. */
  | { drop: 'said'; until: number }
  | { drop: 'session'; hash: string };

export interface Stored {
  classes: ClassRow[];
  members: MemberRow[];
  work: Work[];
}

export interface Store {
  /** Made with the store: tells the data of one course from that of another. */
  readonly id: string;
  read(): Promise<Stored>;
  progress(member: string): Promise<string | null>;
  /** Those of a class's members on one exercise, the latest first. */
  mistakes(classId: string, exercise: string): Promise<MistakeRow[]>;
  /** What holds at a time: milliseconds since 1970. */
  said(classId: string, now: number): Promise<SaidRow[]>;
  /** In the order in which they began. */
  sessions(): Promise<SessionRow[]>;
  /** All of them or none. @throws StoreError `failed`: nothing of it is stored */
  write(changes: readonly Change[]): Promise<void>;
  /** A copy of all that is confirmed, in a new file. @throws Error */
  copyTo(file: string): Promise<void>;
  close(): Promise<void>;
}

export type StoreTrouble = 'in-use' | 'newer' | 'foreign' | 'damaged' | 'unavailable' | 'failed';

/** The message is for the host. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly trouble: StoreTrouble;

  constructor(trouble: StoreTrouble, message: string, cause?: unknown) {
    super(message, { cause });
    this.trouble = trouble;
  }
}
