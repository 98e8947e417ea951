/**
 * Which member this device is, for its pages: the server knows it by a cookie that no script reads.
 * Progress of the device is joined with the member's.
 */
import { merged, nothing } from '../../sandbox/protocol/progress.ts';
import { forget, loadProgress, ofFile, update } from '../progress/store.ts';
import { ClassError, sendProgress } from './class-api.ts';

const key = 'retained:member';
/** What is assigned, as the class's broker said it last. */
export const assignmentKey = 'retained:assignment';
/** What a learner wrote, and put aside: in `src/workbench/`, `drafts.ts`, `broker-files.ts`, `put-aside.ts`. */
const workPrefixes = ['retained:draft:', 'retained:broker-files:', 'retained:aside:'];
/** What the teacher gave, and the learner has answered: `member/page-starters.ts`. */
export const answeredKey = 'retained:starters';

/** The member's id; null outside of a class, and if the store is blocked. */
export function memberHere(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** The device's progress is the member's from now on; that of another member is not. */
export function becomeMember(id: string): void {
  const before = memberHere();
  if (before !== null && before !== id) forgetWork();
  try {
    localStorage.setItem(key, id);
    if (before !== id) localStorage.removeItem(assignmentKey);
  } catch {
    // The cookie alone does: then progress is joined whenever the page of the class is open.
  }
}

/** The device forgets what the member did: the next person at it begins anew. */
export function stopBeingMember(): void {
  forgetWork();
  forgetMember();
}

function forgetMember(): void {
  try {
    localStorage.removeItem(key);
    localStorage.removeItem(assignmentKey);
  } catch {
    // Nothing was kept.
  }
}

function forgetWork(): void {
  forget();
  try {
    for (const name of Object.keys(localStorage))
      if (name === answeredKey || workPrefixes.some((prefix) => name.startsWith(prefix)))
        localStorage.removeItem(name);
  } catch {
    // Nothing was kept.
  }
}

/**
 * Joins the device's progress with the server's.
 * @throws ClassError; `not-a-member` if the member was removed: the device keeps its progress
 */
export async function syncProgress(): Promise<void> {
  try {
    const all = ofFile(await sendProgress(JSON.stringify(loadProgress()))) ?? nothing();
    const mine = loadProgress();
    const both = merged(mine, all);
    if (JSON.stringify(both) !== JSON.stringify(mine)) update(() => both);
  } catch (error) {
    if (error instanceof ClassError && error.key === 'not-a-member') forgetMember();
    throw error;
  }
}
