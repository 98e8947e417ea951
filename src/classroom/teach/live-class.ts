/** One class as the teacher's page has it: messages of the live stream in, state out. */
import type { ClassInfo, ClassMessage, MemberInfo } from '../../../sandbox/protocol/classroom.ts';
import type { Work } from '../../../sandbox/protocol/work.ts';

export interface LiveClass {
  class: ClassInfo;
  members: readonly MemberInfo[];
  /** Those who wait for the teacher's yes. */
  waiting: readonly { id: string; name: string; since: number }[];
  /** By `<member> <exercise>`. */
  work: ReadonlyMap<string, Work>;
  /** The server's clock minus this machine's; milliseconds. */
  ahead: number;
  /** False while the server can't store anything. */
  isKept: boolean;
  ended: boolean;
}

export const workKey = (member: string, exercise: string): string => `${member} ${exercise}`;

/** Those who have typed a name, and of whom there is no work at all. */
export function notBegun({ members, work }: LiveClass): MemberInfo[] {
  const begun = new Set([...work.values()].map(({ member }) => member));
  return members.filter(({ id, seat }) => seat === null && !begun.has(id));
}

/** @param here this machine's clock, milliseconds since 1970 */
export function withMessage(
  live: LiveClass | null,
  message: ClassMessage,
  here: number,
): LiveClass | null {
  if (message.type === 'class') {
    const members = [...message.members].sort((a, b) => a.joined - b.joined);
    const known = new Set(members.map(({ id }) => id));
    const work = new Map(live?.work ?? []);
    for (const [key, { member }] of work) if (!known.has(member)) work.delete(key);
    const rest = { ahead: live?.ahead ?? 0, isKept: live?.isKept ?? true, ended: false };
    const { class: one, waiting } = message;
    return { ...rest, class: one, members, waiting, work };
  }
  if (!live) return null;
  if (message.type === 'kept') return { ...live, isKept: message.isKept };
  if (message.type === 'ended') return { ...live, ended: true };
  const work = new Map(live.work);
  for (const row of message.rows) work.set(workKey(row.member, row.exercise), row);
  return { ...live, work, ahead: message.now - here };
}
