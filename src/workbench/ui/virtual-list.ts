import { h } from './dom.ts';
import { guard, nothing, render, repeat, type TemplateResult } from './view.ts';

export interface VirtualListOptions {
  /** Pixels; called at each draw, because a narrow panel has higher rows. */
  rowHeight(): number;
  count(): number;
  /** A row, one element, without its place. */
  render(index: number): TemplateResult;
  /** Changes if `render` would return something else. */
  signature(index: number): string;
  /** A row's identity, if rows may move; default: its index. */
  key?(index: number): unknown;
  onFollow(following: boolean): void;
  /** False for lists that are read from their top; default true. */
  follows?: boolean;
}

/** Rows drawn beyond each edge, so that fast scrolling shows no gap. */
const spare = 8;

/**
 * A scrolled list that draws only the rows in sight. It follows its end until the reader scrolls
 * up, and again from when the reader is back at the end.
 */
export class VirtualList {
  readonly element: HTMLElement;
  readonly #body = h('div', { class: 'wb-list-body', role: 'presentation' });
  readonly #options: VirtualListOptions;
  /** The rows drawn: from `first` up to `last`, not included. */
  #first = 0;
  #last = 0;
  #following: boolean;
  #height = 0;
  /** Height of the element when it was drawn last. */
  #drawnAt = 0;
  /** The row that was last to be shown. */
  #pointed: number | undefined;

  constructor(element: HTMLElement, options: VirtualListOptions) {
    this.element = element;
    this.#options = options;
    this.#following = options.follows !== false;
    element.append(this.#body);
    element.addEventListener('scroll', () => {
      // Of another height than it was drawn at, it did not scroll because of the reader.
      if (element.clientHeight === this.#drawnAt) this.#setFollowing(this.#atEnd());
      this.#drawRows();
    });
    new ResizeObserver(() => this.draw()).observe(element);
  }

  /** After new rows. */
  draw(): void {
    const height = this.#options.rowHeight();
    const isOther = height !== this.#height;
    if (isOther) this.clear();
    this.#height = height;
    this.#drawnAt = this.element.clientHeight;
    this.#body.style.height = `${this.#options.count() * height}px`;
    if (this.#following) this.element.scrollTop = this.element.scrollHeight;
    this.#drawRows();
    // Narrower than it was, beside what it points at: the row is elsewhere.
    if (isOther && this.#pointed !== undefined) this.show(this.#pointed);
  }

  /** Rows are no longer at their places. */
  clear(): void {
    render(nothing, this.#body);
  }

  follow(): void {
    this.#pointed = undefined;
    this.#setFollowing(true);
    this.draw();
  }
  stopFollowing(): void {
    if (!this.#atEnd()) this.#setFollowing(false);
  }

  /** Scrolls as little as shows the row; draws it, so that it can be pointed at. */
  show(index: number): void {
    this.#pointed = index;
    const top = index * this.#height;
    const { scrollTop, clientHeight } = this.element;
    if (top < scrollTop) this.element.scrollTop = top;
    else if (top + this.#height > scrollTop + clientHeight) {
      this.element.scrollTop = top + this.#height - clientHeight;
    }
    this.#drawRows();
  }

  #atEnd(): boolean {
    const { scrollTop, clientHeight, scrollHeight } = this.element;
    return scrollTop + clientHeight >= scrollHeight - Math.max(4, this.#height / 2);
  }

  #setFollowing(following: boolean): void {
    if (this.#following === following || this.#options.follows === false) return;
    this.#following = following;
    this.#options.onFollow(following);
  }

  #drawRows(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / this.#height) - spare);
    const last = Math.min(
      this.#options.count(),
      Math.ceil((scrollTop + clientHeight) / this.#height) + spare,
    );
    // `repeat` inserts new rows before it removes old ones, which is slow if none of them stays.
    if (first >= this.#last || last <= this.#first) this.clear();
    this.#first = first;
    this.#last = last;
    const { key = (index) => index, signature, render: row } = this.#options;
    const indexes = Array.from({ length: Math.max(0, last - first) }, (_, i) => first + i);
    const rows = repeat(indexes, key, (index) => guard([signature(index)], () => row(index)));
    render(rows, this.#body);
    [...this.#body.children].forEach((element, i) => this.#place(element, first + i));
  }

  #place(element: Element, index: number): void {
    const { style } = element as HTMLElement;
    const [top, height] = [`${index * this.#height}px`, `${this.#height}px`];
    if (style.top !== top) style.top = top;
    if (style.height !== height) style.height = height;
  }
}
