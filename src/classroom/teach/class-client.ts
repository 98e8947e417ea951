/** The teacher's page on the class's broker: who is here, what each does, and what the teacher says. */
import {
  bringSeconds,
  classTopics,
  noteSeconds,
  readFreeze,
  readPresence,
  readState,
} from '../../../sandbox/protocol/class-topics.ts';
import type { Work } from '../../../sandbox/protocol/work.ts';
import { newId, openClassLine, type ClassLine } from '../class-line.ts';

export interface ClassClientEvents {
  presence(member: string, isHere: boolean): void;
  work(row: Work): void;
  /** Seconds; 0: programs go on. */
  frozen(seconds: number): void;
  /** Nobody is known to be here until the broker says so again. */
  lost(): void;
}

export interface ClassClient {
  /** @param to a member's id; undefined for all */
  note(text: string, to?: string): Promise<void>;
  bring(exercise: string): Promise<void>;
  freeze(seconds: number): Promise<void>;
  close(): void;
}

/** Retained for those who come later, and forgotten by the broker after a time. */
const retained = (seconds: number) =>
  ({ qos: 1, retain: true, properties: { messageExpiryInterval: seconds } }) as const;

export function openClassClient(id: string, on: ClassClientEvents): ClassClient {
  const line: ClassLine = openClassLine({
    path: `${encodeURIComponent(id)}/mqtt`,
    who: 'teacher',
    subscribes: ['class/+/presence', 'class/+/state', classTopics.freeze],
    lost: () => on.lost(),
    message({ of, what, payload, secondsLeft }) {
      if (what === 'presence') on.presence(of, readPresence(payload));
      if (what === 'freeze') on.frozen(secondsLeft ?? readFreeze(payload)?.seconds ?? 0);
      const row = what === 'state' ? readState(payload) : undefined;
      if (row?.member === of) on.work(row);
    },
  });
  return {
    note: (text, to) =>
      line.publish(classTopics.note(to), JSON.stringify({ id: newId(), text }), retained(noteSeconds)), // prettier-ignore
    bring: (exercise) =>
      line.publish(classTopics.bring, JSON.stringify({ id: newId(), exercise }), retained(bringSeconds)), // prettier-ignore
    // An empty message takes a retained one away, and every page hears it.
    freeze: (seconds) =>
      seconds > 0
        ? line.publish(
            classTopics.freeze,
            JSON.stringify({ id: newId(), seconds }),
            retained(seconds),
          )
        : line.publish(classTopics.freeze, '', { qos: 1, retain: true }),
    close: () => line.close(),
  };
}
