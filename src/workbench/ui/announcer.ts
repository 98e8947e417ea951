import { h } from './dom.ts';

/** One live region for all that the workbench says to screen readers. */
export function createAnnouncer() {
  const element = h('p', { class: 'wb-spoken', role: 'status', 'data-announcer': true });
  return {
    element,
    announce(text: string): void {
      // The same sentence twice is two pieces of news, but an unchanged region is silent.
      element.textContent = element.textContent === text ? `${text}\u00A0` : text;
    },
  };
}
