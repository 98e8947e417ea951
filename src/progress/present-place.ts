/** Where something of a lesson stands now that had its place there before. */
import { exerciseNow } from '../../sandbox/protocol/progress.ts';

export interface Place {
  lesson: string;
  /** With its `#`, or empty. */
  fragment: string;
}

/**
 * Programs by link, exercises and questions go to the lesson that has them now; all else stays, in a lesson
 * that was renamed too.
 * @param ids former ids of lessons, exercises and questions → present ones
 */
export function presentPlace(
  { lesson, fragment }: Place,
  ids: Readonly<Record<string, string>>,
): Place {
  const [, shared] = /^#shared=([\w-]+\/[\w-]+):/.exec(fragment) ?? [];
  if (shared !== undefined) {
    const now = exerciseNow(shared, ids);
    return { lesson: lessonOf(now), fragment: fragment.replace(shared, now) };
  }
  const [, before = '', name] =
    /^#(exercise-)?((?:(?:predict|quiz)-)?[\w-]+)$/.exec(fragment) ?? [];
  const now = exerciseNow(`${lesson}/${name ?? ''}`, ids);
  if (name === undefined) return { lesson: lessonOf(now), fragment };
  return { lesson: lessonOf(now), fragment: `#${before}${now.split('/')[1] ?? name}` };
}

const lessonOf = (id: string): string => id.split('/')[0] ?? '';
