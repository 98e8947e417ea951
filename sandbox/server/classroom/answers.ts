/** What the API of classes returns, from what the server keeps. */
import { sharedStateOf, type Class, type MemberInClass } from '../../classroom/class-list.ts';
import type { Classroom } from '../../classroom/classroom.ts';
import type { ClassInfo, ClassMessage, MemberResponse } from '../../protocol/classroom.ts';
import { openedAt } from '../../protocol/assignment.ts';
import { merged, nothing, type Progress } from '../../protocol/progress.ts';
import { readProgress } from '../../protocol/read-progress.ts';

export const classInfo = ({ row, members }: Class): ClassInfo => ({
  ...row,
  shared: sharedStateOf(row),
  members: members.size,
});

export const classMessage = (classroom: Classroom, one: Class): ClassMessage => ({
  type: 'class',
  class: classInfo(one),
  members: [...one.members.values()].map(({ row: { id, name, words, joined, seat } }) => ({
    ...{ id, name, words, joined, seat },
  })),
  waiting: classroom.waiting.of(one.row.id),
});

/** What the server has of a member: their devices' progress, and the passes in its own rooms. */
export async function progressOf(
  classroom: Classroom,
  { member }: MemberInClass,
): Promise<Progress> {
  const kept = readProgress((await classroom.progress(member.row.id)) ?? '') ?? nothing();
  const seen = nothing();
  for (const { exercise, passed, started } of member.work.values())
    if (passed !== null) seen.exercises[exercise] = { tried: started, passed };
  return merged(kept, seen);
}

export async function memberResponse(
  classroom: Classroom,
  found: MemberInClass,
): Promise<MemberResponse> {
  const { id, name, words } = found.member.row;
  const progress = JSON.stringify(await progressOf(classroom, found));
  const { code, assignment: given } = found.class.row;
  const assignment = given && openedAt(given, classroom.now());
  return { id, name, words, code, progress, assignment };
}
