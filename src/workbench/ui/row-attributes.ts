import { noChange } from 'lit-html';
import { Directive, directive, type ElementPart } from 'lit-html/directive.js';

export interface RowAttributes {
  /** Element id. */
  id: string;
  /** Index in the list. */
  index: number;
  selected: boolean;
  /** The number of rows. */
  size: number;
}

/** Sets them where they are attributes of the row's root: `<div ${listRow(row)} class="…">`. */
abstract class RowDirective extends Directive {
  override render(_row: RowAttributes): unknown {
    return noChange;
  }
  override update({ element }: ElementPart, [row]: [RowAttributes]): unknown {
    element.id = row.id;
    element.setAttribute('data-index', String(row.index));
    element.setAttribute('aria-selected', String(row.selected));
    return noChange;
  }
}

/** A row of a tree; its level and whether it is expanded are its own. */
export const treeRow = directive(
  class extends RowDirective {
    override update(part: ElementPart, [row]: [RowAttributes]): unknown {
      part.element.setAttribute('role', 'treeitem');
      return super.update(part, [row]);
    }
  },
);

/** A row of a list box. */
export const listRow = directive(
  class extends RowDirective {
    override update(part: ElementPart, [row]: [RowAttributes]): unknown {
      const { element } = part;
      element.setAttribute('role', 'option');
      element.setAttribute('aria-setsize', String(row.size));
      element.setAttribute('aria-posinset', String(row.index + 1));
      return super.update(part, [row]);
    }
  },
);
