/** What has come of a class: under the present ids of the course, and what is said of it. */
import { assignedNow } from '../../../sandbox/protocol/assignment.ts';
import type { ClassMessage } from '../../../sandbox/protocol/classroom.ts';
import { exerciseNow } from '../../../sandbox/protocol/progress.ts';
import { workState } from '../../../sandbox/protocol/work.ts';
import { formerIds } from '../../progress/store.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import type { LiveClass } from './live-class.ts';
import type { TeachModel } from './teach-model.ts';

/** Somebody who has become stuck is said once. */
export function announced(
  { live: before, announcement }: Pick<TeachModel, 'live' | 'announcement'>,
  after: LiveClass,
  now: number,
  t: Words,
): string {
  if (!before) return announcement;
  const known = new Set(before.waiting.map(({ id }) => id));
  const come = after.waiting.filter(({ id }) => !known.has(id)).map(({ name }) => name);
  if (come.length > 0) return t('admit.announce', { names: come.join(', ') });
  const stuck = [...after.work].filter(
    ([key, work]) =>
      workState(work, now) === 'stuck' && workState(before.work.get(key), now) !== 'stuck',
  );
  const names = stuck.map(([, { member }]) => after.members.find(({ id }) => id === member)?.name);
  return names.length > 0 ? t('class.announce.stuck', { names: names.join(', ') }) : announcement; // prettier-ignore
}

/** The server keeps what was done, and what is assigned, under the id that the exercise had then. */
export function withPresentIds(message: ClassMessage): ClassMessage {
  const ids = formerIds();
  const now = (id: string) => exerciseNow(id, ids);
  if (message.type === 'class') {
    const { assignment } = message.class;
    if (!assignment) return message;
    return { ...message, class: { ...message.class, assignment: assignedNow(assignment, now) } };
  }
  if (message.type !== 'work') return message;
  const rows = message.rows.map((row) => ({ ...row, exercise: now(row.exercise) }));
  return { ...message, rows };
}
