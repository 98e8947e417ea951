/** What this browser knows of the exercises that were passed, here or on another page. */
import { loadProgress } from '../../progress/store.ts';

/** Milliseconds since 1970. @param exercise `<lesson>/<exercise>` */
export const passedAt = (exercise: string): number | undefined =>
  loadProgress().exercises[exercise]?.passed;
export const isPassed = (exercise: string): boolean => passedAt(exercise) !== undefined;
