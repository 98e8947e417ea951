/** The state of the page over a learner's shoulder. */
import type { Screen } from '../../../sandbox/protocol/class-screen.ts';
import type { MemberInfo } from '../../../sandbox/protocol/classroom.ts';
import type { CheckResult } from '../../../sandbox/protocol/exercise.ts';
import type { ExerciseData } from '../../workbench/store/exercise-data.ts';

/** From the page: what the build knows of the course. */
export interface LookCourse {
  columns: { id: string; title: string }[];
  /** Address of a lesson, with `{lesson}` for its id. */
  lesson: string;
  /** The teacher's page of the class. */
  class: string;
}

export interface LookModel {
  course: LookCourse;
  classId: string;
  /** Undefined until the server has said who is in the class. */
  members: readonly MemberInfo[] | undefined;
  member: string;
  isConnected: boolean;
  /** The learner has an exercise open. */
  isHere: boolean;
  /** When this page began to look; milliseconds since 1970. */
  since: number;
  /** All of it is the learner's. */
  screen: Screen | null;
  /** Of the room on the server, as its checks decided; null if nothing is known of it. */
  decided: readonly CheckResult[] | null;
  /** The sentences of the exercise, from the course. */
  texts: ExerciseData | null;
  /** The program that the teacher chose; null: the one that the learner has in front. */
  file: string | null;
  /** The lines of that program that changed last. */
  changed: { from: number; to: number } | null;
  isRoomLive: boolean;
}

/** What is drawn of a screen, whose ever it is. */
export type ShownModel = Pick<LookModel, 'screen' | 'file' | 'changed'>;

/** The program that is shown. */
export function shownFile({
  screen,
  file,
}: Pick<ShownModel, 'screen' | 'file'>): Screen['files'][number] | undefined {
  const files = screen?.files ?? [];
  const of = (name: string | undefined) => files.find((one) => one.name === name);
  return of(file ?? undefined) ?? of(screen?.file) ?? files[0];
}
