/** A device's progress: joined with what the server has, and stored before it is returned. */
import { known, merged, type Progress } from '../protocol/progress.ts';
import { readProgress } from '../protocol/read-progress.ts';
import { SandboxError } from '../shared/errors.ts';
import type { Member } from './class-list.ts';
import type { Classroom } from './classroom.ts';

export interface DeviceProgress {
  /** What the server has of the member. */
  before: Progress;
  /** From the device: anything. */
  text: string;
  /** Whether the course has an exercise of this name. */
  knows(exercise: string): Promise<boolean>;
}

/** @throws SandboxError `bad-request`, `not-kept` */
export async function keepDeviceProgress(
  classroom: Classroom,
  { row, work }: Member,
  { before, text, knows }: DeviceProgress,
): Promise<Progress> {
  const given = readProgress(text);
  if (!given) throw new SandboxError('bad-request');
  const exercises: string[] = [];
  for (const id of Object.keys(given.exercises)) if (await knows(id)) exercises.push(id);
  // Lessons are the course's if one of its exercises is, or if the form of the id is right: no list is here.
  const own = known(given, Object.keys(given.lessons), exercises);
  const all = merged(before, own);
  const kept = JSON.stringify(all);
  // Together the two may have more entries than are ever read again.
  if (!readProgress(kept)) throw new SandboxError('bad-request');
  await classroom.keepProgress(row.id, kept);
  const now = classroom.now();
  const stored: (Promise<void> | undefined)[] = [];
  for (const exercise of exercises) {
    const { passed } = own.exercises[exercise]!;
    const present = work.get(exercise);
    if (passed === undefined || present?.passed || present?.said) continue;
    const said = Math.min(Math.round(passed), now);
    const fresh = {
      ...{ member: row.id, exercise, started: said, active: said, tries: 0, repeats: 0, green: 0 },
      ...{ checks: 0, advanced: said, red: null, hint: null, passed: null, took: null },
    };
    stored.push(classroom.record({ ...(present ?? fresh), said }));
  }
  await Promise.all(stored);
  return all;
}
