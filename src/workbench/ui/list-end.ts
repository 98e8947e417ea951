/** A few pixels above the end are the end: a fraction of a pixel is lost in the measures. */
const near = 8;

/**
 * Keeps a list scrolled to its end while rows are added, until somebody scrolls away from it. It
 * measures in a frame of its own, where the page is laid out anyway: to ask between two changes
 * whether the list is at its end would have the page laid out twice more.
 */
export class ListEnd {
  /** How long the last layout took that this has asked for, in milliseconds. */
  layoutMs = 0;
  readonly #list: Element;
  #isFollowed = true;
  #isAsked = false;
  /** Where it has scrolled to itself. */
  #reached = 0;

  constructor(list: Element) {
    this.#list = list;
    list.addEventListener('scroll', () => {
      const { scrollTop, clientHeight, scrollHeight } = list;
      // Its own scrolling, and there are more rows by now.
      if (this.#isFollowed && scrollTop + near >= this.#reached) return;
      this.#isFollowed = scrollTop + clientHeight >= scrollHeight - near;
    });
  }

  /** There are more rows. */
  grown(): void {
    if (!this.#isFollowed || this.#isAsked) return;
    this.#isAsked = true;
    requestAnimationFrame(() => {
      this.#isAsked = false;
      const began = performance.now();
      this.#scroll();
      this.layoutMs = performance.now() - began;
      // A row that was not in sight had no measured height.
      requestAnimationFrame(() => this.#scroll());
    });
  }

  /** To the end, now, wherever it was. */
  show(): void {
    this.#isFollowed = true;
    this.#scroll();
  }

  #scroll(): void {
    if (!this.#isFollowed) return;
    this.#list.scrollTop = this.#list.scrollHeight;
    this.#reached = this.#list.scrollTop;
  }
}
