/**
 * What a class's pages ask of a workbench, as events on its element (`src/classroom/`): to show what a teacher gives,
 * and to put items into the menu “More”.
 */
import type { MenuItem } from '../ui/menu.ts';
import type { PutAside, Work } from '../share/put-aside.ts';

/** `retained:give` */
export interface GiveRequest {
  given: Work;
  /** False: the learner's own could not be put aside, and nothing is changed. */
  done(isShown: boolean): void;
}
/** `retained:menu`; it bubbles. */
export interface MenuRequest {
  exercise: string;
  add(...items: MenuItem[]): void;
  /** What is written there now. */
  work(): Work;
}

/** @param show opens the program, if it is folded */
export function answerGiven(element: HTMLElement, aside: PutAside, show: () => void): void {
  element.addEventListener('retained:give', (event) => {
    const { given, done } = (event as CustomEvent<GiveRequest>).detail;
    const isShown = aside.take(given);
    show();
    done(isShown);
  });
}

export function askedItems(element: HTMLElement, exercise: string, aside: PutAside): MenuItem[] {
  const items: MenuItem[] = [];
  const detail: MenuRequest = {
    exercise,
    add: (...more) => void items.push(...more),
    work: () => aside.work,
  };
  element.dispatchEvent(new CustomEvent('retained:menu', { bubbles: true, detail }));
  return items;
}
