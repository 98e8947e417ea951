import type { OutputItem } from './output-items.ts';

interface Row {
  element: HTMLElement;
  draw(): void;
  /** What it was drawn with. */
  state: string;
}

/**
 * The rows of the output, of any height. They are placed by hand: a template would compare all of
 * them at each drawing.
 */
export class OutputList {
  readonly #list: Element;
  readonly #rows = new Map<OutputItem, Row>();
  readonly #create: (item: OutputItem) => Pick<Row, 'element' | 'draw'>;

  constructor(list: Element, create: (item: OutputItem) => Pick<Row, 'element' | 'draw'>) {
    this.#list = list;
    this.#create = create;
  }

  /**
   * Shows these items and no others, in this order.
   * @param stateOf changes if the row of the item would be drawn otherwise
   */
  show(items: readonly OutputItem[], stateOf: (item: OutputItem) => string): void {
    const wanted = new Set(items);
    for (const [item, { element }] of this.#rows) {
      if (wanted.has(item)) continue;
      element.remove();
      this.#rows.delete(item);
    }
    let place = this.#list.firstElementChild;
    for (const item of items) {
      const row = this.#rowOf(item, stateOf(item));
      if (row.element === place) place = place.nextElementSibling;
      else this.#list.insertBefore(row.element, place);
    }
  }

  #rowOf(item: OutputItem, state: string): Row {
    const known = this.#rows.get(item);
    if (!known) {
      const row = { ...this.#create(item), state };
      this.#rows.set(item, row);
      return row;
    }
    if (known.state !== state) {
      known.state = state;
      known.draw();
    }
    return known;
  }
}
