/**
 * The language switch stays at the heading that is being read. Headings' ids are words of their
 * language, so the way over is the heading's number: `#heading-3`.
 */
const headings = () => [...document.querySelectorAll<HTMLElement>('.prose h2[id]')];

/** Number of the last heading above the upper third of the window; -1 before the first. */
export function headingBeingRead(): number {
  return headings().findLastIndex((one) => one.getBoundingClientRect().top < innerHeight / 3);
}

export const placeOf = (heading: number) => (heading < 0 ? '' : `#heading-${heading}`);

/** On a page that was reached by the switch: go to the heading, and show its own id in the address. */
export function arrive(): void {
  const number = location.hash.match(/^#heading-(\d{1,3})$/)?.[1];
  const heading = number === undefined ? undefined : headings()[Number(number)];
  if (!heading) return;
  history.replaceState(null, '', `#${heading.id}`);
  heading.scrollIntoView();
}
