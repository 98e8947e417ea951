/** The teacher's page on the class's broker: who is here, what each does, and whether programs are paused. */
import {
  classTopics,
  readFreeze,
  readPresence,
  readState,
} from '../../../sandbox/protocol/class-topics.ts';
import { readShown } from '../../../sandbox/protocol/class-show.ts';
import type { Work } from '../../../sandbox/protocol/work.ts';
import { openClassLine } from '../class-line.ts';

export interface ClassClientEvents {
  presence(member: string, isHere: boolean): void;
  work(row: Work): void;
  /** Seconds; 0: programs go on. */
  frozen(seconds: number): void;
  /** The exercise whose run the teacher shows; null: none. */
  shown(exercise: string | null): void;
  /** What is given for an exercise; an empty message takes it back. `to`: a member's id, or `all`. */
  starter(to: string, exercise: string, payload: Uint8Array): void;
  /** Nobody is known to be here until the broker says so again. */
  lost(): void;
}

export function openClassClient(id: string, on: ClassClientEvents): { close(): void } {
  return openClassLine({
    path: `${encodeURIComponent(id)}/mqtt`,
    who: 'teacher',
    subscribes: [
      'class/+/presence',
      'class/+/state',
      classTopics.freeze,
      classTopics.show,
      'class/+/starter/#',
    ],
    lost: () => on.lost(),
    message({ of, what, exercise = '', payload, secondsLeft }) {
      if (what === 'starter') on.starter(of, exercise, payload);
      if (what === 'presence') on.presence(of, readPresence(payload));
      if (what === 'freeze') on.frozen(secondsLeft ?? readFreeze(payload)?.seconds ?? 0);
      if (what === 'show') on.shown(readShown(payload)?.exercise ?? null);
      const row = what === 'state' ? readState(payload) : undefined;
      if (row?.member === of) on.work(row);
    },
  });
}
