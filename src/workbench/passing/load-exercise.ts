import type { Exercise } from '../../../sandbox/protocol/exercise.ts';

/** Each exercise is a chunk of its own, fetched with its first results. */
const modules = import.meta.glob<{ default: Exercise }>('/lessons/*/*/exercise.ts');

/** Undefined if there is no such exercise. */
export async function loadExercise(name: string): Promise<Exercise | undefined> {
  return (await modules[`/lessons/${name}/exercise.ts`]?.())?.default;
}
