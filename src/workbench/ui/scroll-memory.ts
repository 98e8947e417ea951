/** The scroll positions of a panel's lists: an element that isn't rendered loses its position. */
export class ScrollMemory {
  #places: { element: Element; top: number; left: number }[] = [];

  /** Call before the root is hidden. */
  keep(root: HTMLElement): void {
    this.#places = [root, ...root.querySelectorAll('*')]
      .filter(({ scrollTop, scrollLeft }) => scrollTop > 0 || scrollLeft > 0)
      .map((element) => ({ element, top: element.scrollTop, left: element.scrollLeft }));
  }
  restore(): void {
    for (const { element, top, left } of this.#places) {
      element.scrollTop = top;
      element.scrollLeft = left;
    }
  }
}
