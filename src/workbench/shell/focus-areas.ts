/** The parts of a workbench that F6 goes through, in their order on the screen. */
export interface Area {
  /** What holds the focus while this area has it. */
  element: HTMLElement;
  focus(): void;
}

/**
 * The area after (or before) the one that has the focus; from outside, the first. One that isn't
 * shown is passed by: without programs there is no editor.
 */
export function nextArea(all: readonly Area[], step: 1 | -1): Area | undefined {
  const areas = all.filter(({ element }) => element.checkVisibility());
  const at = areas.findIndex(({ element }) => element.contains(document.activeElement));
  if (at < 0) return areas[0];
  return areas[(at + step + areas.length) % areas.length];
}
