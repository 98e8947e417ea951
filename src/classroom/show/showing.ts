/** What this tab shows to a class; it outlives a reload. */
import { guardedStore } from '../../workbench/store/drafts.ts';

export interface Showing {
  id: string;
  classId: string;
  exercise: string;
}

const key = 'retained:showing';
const store = guardedStore(() => sessionStorage);

export function readShowing(): Showing | undefined {
  try {
    const { id, classId, exercise } = JSON.parse(store.getItem(key) ?? 'null') as Showing;
    const isGood = [id, classId, exercise].every((one) => typeof one === 'string');
    return isGood ? { id, classId, exercise } : undefined;
  } catch {
    return undefined;
  }
}

export const keepShowing = (showing: Showing): void =>
  void store.setItem(key, JSON.stringify(showing));

export const forgetShowing = (): void => store.removeItem(key);
