/** What is assigned to a learner, as data: what is done, what is next, what opens later. */
import type { OpenedAssignment } from '../../../sandbox/protocol/assignment.ts';
import type { Progress } from '../../../sandbox/protocol/progress.ts';

export interface AssignedItem {
  /** `<lesson>/<exercise>`. */
  id: string;
  title: string;
  /** `next`: the first that is open and not done. */
  state: 'done' | 'next' | 'open' | 'closed';
  /** When it opens; milliseconds since 1970. */
  from: number | null;
}

/** @param titles by exercise, of this course: what it does not have is not shown */
export function assignedItems(
  { exercises }: OpenedAssignment,
  { progress, titles }: { progress: Progress; titles: Readonly<Record<string, string>> },
): AssignedItem[] {
  const isDone = (id: string): boolean => progress.exercises[id]?.passed !== undefined;
  const known = exercises.filter(({ exercise }) => Object.hasOwn(titles, exercise));
  const next = known.find(({ exercise, isOpen }) => isOpen && !isDone(exercise))?.exercise;
  return known.map(({ exercise: id, from, isOpen }) => ({
    ...{ id, from, title: titles[id]! },
    state: isDone(id) ? 'done' : id === next ? 'next' : isOpen ? 'open' : 'closed',
  }));
}

/** Address of an exercise in its lesson, below the address of the course in its language. */
export function exerciseAddress(course: string, id: string): string {
  const [lesson = '', name = ''] = id.split('/');
  return `${course}${lesson}/#exercise-${name}`;
}

/** In the language of the page; nothing if the network is away. */
export async function exerciseTitles(course: string): Promise<Record<string, string>> {
  try {
    const response = await fetch(`${course}exercises.json`);
    const read: unknown = response.ok ? await response.json() : {};
    return read as Record<string, string>;
  } catch {
    return {};
  }
}
