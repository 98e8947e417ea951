/**
 * What a teacher assigns to a class: which exercises, in which order, open from when, and whether as a test. The class's
 * broker retains it on `class/all/assignment`, with what is open at the moment by the server's clock.
 */
import * as v from 'valibot';
import { parseJson } from './parse-json.ts';

export const mostAssigned = 100;
export const exerciseId = v.pipe(v.string(), v.maxLength(200), v.regex(/^[a-z0-9-]+\/[a-z0-9-]+$/));
/** Milliseconds since 1970. */
const time = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

const item = v.object({
  exercise: exerciseId,
  /** Null: open from the beginning. */
  from: v.nullable(time),
});
const each = <const Item extends v.GenericSchema<{ exercise: string }, { exercise: string }>>(
  one: Item,
) =>
  v.pipe(
    v.array(one),
    v.minLength(1),
    v.maxLength(mostAssigned),
    v.check((all) => new Set(all.map(({ exercise }) => exercise)).size === all.length),
  );

export const assignment = v.object({
  /** Hints and solutions are hidden. */
  isTest: v.boolean(),
  /** In their order; each once. */
  exercises: each(item),
});
export type Assignment = v.InferOutput<typeof assignment>;

export const openedAssignment = v.object({
  isTest: v.boolean(),
  exercises: each(v.object({ ...item.entries, isOpen: v.boolean() })),
});
/** As the class's broker has it. */
export type OpenedAssignment = v.InferOutput<typeof openedAssignment>;

/** @param now by the server's clock, milliseconds since 1970 */
export const openedAt = ({ isTest, exercises }: Assignment, now: number): OpenedAssignment => ({
  isTest,
  exercises: exercises.map((one) => ({ ...one, isOpen: one.from === null || one.from <= now })),
});

/** When the next exercise opens; null if none does. */
export function nextOpening({ exercises }: Assignment, now: number): number | null {
  const later = exercises.flatMap(({ from }) => (from !== null && from > now ? [from] : []));
  return later.length > 0 ? Math.min(...later) : null;
}

/** Under the present ids of the course. @param now of an exercise's id: the present one */
export const assignedNow = <One extends { exercise: string }, Given extends { exercises: One[] }>(
  given: Given,
  now: (id: string) => string,
): Given => ({
  ...given,
  exercises: given.exercises.map((one) => ({ ...one, exercise: now(one.exercise) })),
});

/** Undefined for an empty message: nothing is assigned. */
export const readOpenedAssignment = (payload: Uint8Array | string): OpenedAssignment | undefined =>
  parseJson(
    openedAssignment,
    typeof payload === 'string' ? payload : new TextDecoder().decode(payload),
  );
