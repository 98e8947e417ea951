/** Screens of this width show the lesson and the workbench side by side. */
export const sideBySide = '(min-width: 1100px)';

/** How the output stands to the panels: as a tab among them, above them, or left of them. */
export type OutputPlace = 'tab' | 'above' | 'left';

/**
 * @param width of the workbench, in CSS pixels
 * @param height of its column
 * @param isColumn it has a column of its own beside the lesson
 */
export function outputPlace(width: number, height: number, isColumn: boolean): OutputPlace {
  if (!isColumn) return 'tab';
  if (width >= 900) return 'left';
  return height >= 800 ? 'above' : 'tab';
}

/** Calls `onPlace` now and whenever the place changes. Returns how to end it. */
export function watchOutputPlace(
  element: HTMLElement,
  onPlace: (place: OutputPlace) => void,
): () => void {
  const wide = matchMedia(sideBySide);
  let place: OutputPlace | undefined;
  const update = () => {
    const column = element.parentElement ?? element;
    const next = outputPlace(element.clientWidth, column.clientHeight, wide.matches);
    if (next === place) return;
    place = next;
    onPlace(next);
  };
  const sizes = new ResizeObserver(update);
  sizes.observe(element);
  if (element.parentElement) sizes.observe(element.parentElement);
  update();
  return () => sizes.disconnect();
}
