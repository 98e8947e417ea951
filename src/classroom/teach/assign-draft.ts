/** Changes of what is about to be assigned. */
import { mostAssigned, type Assignment } from '../../../sandbox/protocol/assignment.ts';
import type { Column } from './grid.ts';

/** @param text an exercise's id, or `part <id>` for all of a part that are not on the list, in the course's order */
export function withAdded(given: Assignment, text: string, columns: readonly Column[]): Assignment {
  const part = text.startsWith('part ') ? text.slice('part '.length) : null;
  const has = new Set(given.exercises.map(({ exercise }) => exercise));
  const added = columns
    .filter((column) => (part === null ? column.id === text : column.part === part))
    .filter(({ id }) => !has.has(id))
    .map(({ id }) => ({ exercise: id, from: null }));
  return { ...given, exercises: [...given.exercises, ...added].slice(0, mostAssigned) };
}

export const without = (given: Assignment, at: number): Assignment => ({
  ...given,
  exercises: given.exercises.toSpliced(at, 1),
});

/** At the ends of the list nothing changes. */
export function moved(given: Assignment, at: number, by: -1 | 1): Assignment {
  const to = at + by;
  const item = given.exercises[at];
  if (!item || to < 0 || to >= given.exercises.length) return given;
  return { ...given, exercises: given.exercises.toSpliced(at, 1).toSpliced(to, 0, item) };
}

export const withFrom = (given: Assignment, at: number, from: number | null): Assignment => ({
  ...given,
  exercises: given.exercises.map((one, n) => (n === at ? { ...one, from } : one)),
});
