/** Headings' ids are the same in all languages, so the language switch keeps the one being read. */
const headings = () => [...document.querySelectorAll<HTMLElement>('.prose h2[id]')];

/** Id of the last heading above the upper third of the window; empty before the first. */
export function headingBeingRead(): string {
  const read = headings().filter((one) => one.getBoundingClientRect().top < innerHeight / 3);
  return read.at(-1)?.id ?? '';
}
