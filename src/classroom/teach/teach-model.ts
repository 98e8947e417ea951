/** The state of the teacher's page. */
import type {
  ClassesResponse,
  ClassInfo,
  ListResponse,
  Mistakes,
} from '../../../sandbox/protocol/classroom.ts';
import type { Assignment } from '../../../sandbox/protocol/assignment.ts';
import type { ExerciseData } from '../../workbench/store/exercise-data.ts';
import type { Column, Order } from './grid.ts';
import type { LiveClass } from './live-class.ts';
import type { StreamStatus } from './live-stream.ts';
import type { StarterState } from './starters.ts';

/** From the page: what the build knows of the course. */
export interface Course {
  columns: Column[];
  parts: { id: string; title: string }[];
  /** Address of the course's home and of a lesson, with `{lesson}` for its id. */
  home: string;
  lesson: string;
  privacy: string;
  guide: string;
  /** Path of the short address on which learners join. */
  join: string;
  /** What goes over the wires of the class's own broker. */
  wires: string;
  /** Over a learner's shoulder. */
  look: string;
  /** What the teacher shows, for the projector. */
  show: string;
  /** Completion pages. */
  sheets: string;
  /** The shared room: the class as it publishes. */
  shared: string;
  language: 'en' | 'zh-tw';
}

/** What is asked again before it is done. `until`: who joined later stays; `n`: how many go. */
export type Sure =
  { kind: 'delete' } | { kind: 'out' } | { kind: 'idle'; until: number; n: number };

/** What is looked at more closely. */
export type Detail =
  | { kind: 'cell'; member: string; exercise: string; texts: ExerciseData | null }
  | { kind: 'member'; member: string; isSure: boolean }
  | {
      kind: 'exercise';
      exercise: string;
      texts: ExerciseData | null;
      /** Null until the server has said. */
      mistakes: Mistakes | null;
    };

export interface TeachModel {
  course: Course;
  /** `stranger`: this browser is not the teacher's. */
  step: 'loading' | 'stranger' | 'classes' | 'class';
  classes: readonly ClassInfo[];
  /** How many browsers are the teacher's. */
  browsers: number;
  /** Where learners join, if not where this page is. */
  direct?: ClassesResponse['direct'];
  live: LiveClass | null;
  status: StreamStatus;
  part: string;
  order: Order;
  /** For the projector: large, and without names. */
  isBoard: boolean;
  /** The class's code and QR code on the whole screen. */
  isCodeShown: boolean;
  detail: Detail | null;
  /** What the next press of the same button does. */
  sure: Sure | null;
  /** Members with an exercise open, as the class's broker says. */
  present: ReadonlySet<string>;
  /** When programs go on, by `performance.now()`; null while they run. */
  frozenUntil: number | null;
  /** The exercise whose run the teacher shows to the class, from whichever page. */
  shown: string | null;
  /** What has arrived at the class's broker, and whether it outlives a restart of the server; or has not. */
  said: { what: 'note' | 'bring' | 'freeze' | 'go'; isKept: boolean } | 'failed' | null;
  /** What is given for exercises. */
  starters: StarterState;
  /** What the teacher is about to assign; null: nothing is changed. */
  draft: Assignment | null;
  /** What became of the last assignment. */
  assigned: 'set' | 'back' | null;
  /** What became of the list of names that was pasted. */
  list: ListResponse | null;
  isBusy: boolean;
  /** A key of `class.error.<key>`. */
  error: string | null;
  /** By the server's clock, milliseconds since 1970. */
  now: number;
  /** Read to those who don't see the grid. */
  announcement: string;
}

export interface TeachActions {
  create(): void;
  open(id: string): void;
  showClasses(): void;
  /** The first question got no answer: asks again. */
  again(): void;
  lock(locked: boolean): void;
  /** Whether who joins waits for the teacher's yes. */
  asks(asks: boolean): void;
  /** @param ids of those who wait */
  answer(ids: readonly string[], isYes: boolean): void;
  /** Opens or closes the shared room. */
  share(isOpen: boolean): void;
  newCode(): void;
  showCode(isShown: boolean): void;
  /** A part of the page can be drawn now; it opens nothing. */
  redraw(): void;
  choosePart(part: string): void;
  chooseOrder(order: Order): void;
  showBoard(isBoard: boolean): void;
  showCell(member: string, exercise: string): void;
  showMember(member: string): void;
  showExercise(exercise: string): void;
  closeDetail(): void;
  rename(member: string, name: string): void;
  remove(member: string): void;
  /** Changes what is about to be assigned; `focus`: the control that has the focus then. */
  draft(next: Assignment, focus?: string): void;
  /** Null: nothing is assigned any more. */
  assign(assignment: Assignment | null): void;
  /** @param text names, one a line */
  addNames(text: string, done: () => void): void;
  listOnly(listOnly: boolean): void;
  /** The wrong learner has picked this name. */
  release(member: string): void;
  /** Two members are one learner; `from` goes. */
  merge(member: string, from: string): void;
  /** Those who have not begun. */
  removeIdle(): void;
  /** Ends what the teacher shows. */
  endShow(): void;
  /** @param to a member's id; undefined for all */
  note(text: string, to?: string): void;
  bring(exercise: string): void;
  /** Seconds; 0: programs go on. */
  freeze(seconds: number): void;
  starter: {
    open(exercise: string): void;
    write(name: string, text: string): void;
    /** @param to a member's id, or `all` */
    give(to: string): void;
    back(to: string, exercise: string): void;
  };
  deleteClass(): void;
  /** This browser, or all of the teacher's, need the link again. */
  signOut(everywhere: boolean): void;
  /** Takes back what would be done with the next press. */
  keep(): void;
}
