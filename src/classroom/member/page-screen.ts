/** Which exercise of the page the learner is at: its part of the screen that a teacher sees. */
import type { ScreenPart } from '../../../sandbox/protocol/class-screen.ts';

/** CSS pixels of its height that are in sight; the one that has the focus is before all others. */
function weight(element: HTMLElement): number {
  const { top, bottom } = element.getBoundingClientRect();
  const seen = Math.min(bottom, innerHeight) - Math.max(top, 0);
  return element.contains(document.activeElement) ? Infinity : seen;
}

/** Null if the page has no exercise that has been opened. */
export function pageScreen(): ScreenPart | null {
  const all: { element: HTMLElement; read(): ScreenPart }[] = [];
  const take = (element: HTMLElement, read: () => ScreenPart): void =>
    void all.push({ element, read });
  document.dispatchEvent(new CustomEvent('retained:screen', { detail: { take } }));
  const [first] = all.sort((a, b) => weight(b.element) - weight(a.element));
  return first?.read() ?? null;
}
