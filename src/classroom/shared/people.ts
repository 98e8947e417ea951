/** The picture of a shared room as a teacher takes it in: groups of people, and where numbers lie. */
import type { SharedPicture } from '../../../sandbox/protocol/shared-room.ts';

type Person = SharedPicture['members'][number];

export const groupNames = ['now', 'here', 'away'] as const;
export type GroupName = (typeof groupNames)[number];

/** Whoever has published so recently is publishing; milliseconds. */
const nowMs = 5_000;

/** Each group by name, so that a person stays at their place while the class publishes. */
export function groupsOf(members: readonly Person[]): Record<GroupName, Person[]> {
  const groups: Record<GroupName, Person[]> = { now: [], here: [], away: [] };
  for (const member of members) {
    const isNow = member.ago !== null && member.ago < nowMs;
    groups[isNow ? 'now' : member.lines > 0 ? 'here' : 'away'].push(member);
  }
  for (const group of Object.values(groups))
    group.sort((a, b) => a.handle.localeCompare(b.handle, 'en', { numeric: true }));
  return groups;
}

export interface Strip {
  least: number;
  middle: number;
  most: number;
  /** Each between 0 and 1. */
  marks: number[];
}

/** Null for fewer than two numbers. Those that are all the same lie in the middle. */
export function stripOf(numbers: readonly number[]): Strip | null {
  if (numbers.length < 2) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  const half = sorted.length >> 1;
  const middle = sorted.length % 2 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  const at = (value: number): number => (most === least ? 0.5 : (value - least) / (most - least));
  return { least, middle, most, marks: sorted.map(at) };
}
