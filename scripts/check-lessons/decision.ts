/** When a run of an exercise is decided. */
import { evaluate } from '../../sandbox/checks/evaluate.ts';
import type { CheckResult } from '../../sandbox/protocol/exercise.ts';
import type { ExerciseFiles } from './lesson.ts';
import { settled, type RoomUnderTest } from './rooms/room-under-test.ts';

/**
 * Far longer than any program of an exercise takes: reached only if the checks are never decided.
 */
const PATIENCE_MS = 90_000;

/** Decided once the results that the room sends match its trace. */
export function decision(
  room: RoomUnderTest,
  {
    exercise,
    output,
    over,
    devices,
    waits,
  }: {
    exercise: ExerciseFiles['exercise'];
    output: string[];
    over: () => boolean;
    devices: string[];
    waits: (() => void)[];
  },
): { results: Promise<CheckResult[]> } {
  const { promise: results, resolve, reject } = Promise.withResolvers<CheckResult[]>();
  const timer = setTimeout(() => {
    const seen = `the room says ${JSON.stringify(room.streamed())}; ${output.join('; ')}`;
    reject(new Error(`nothing decided in ${PATIENCE_MS / 1000} s: ${seen}`));
  }, PATIENCE_MS);
  const look = () => {
    const streamed = room.streamed();
    const passed = streamed.length > 0 && streamed.every(({ state }) => state === 'true');
    if (!passed && !(over() && settled(room.entries(), devices))) return;
    void room.view().then((view) => {
      const now = evaluate(exercise, view);
      if (JSON.stringify(now) !== JSON.stringify(room.streamed())) return;
      clearTimeout(timer);
      resolve(now);
    }, reject);
  };
  waits.push(look);
  look();
  return { results };
}
