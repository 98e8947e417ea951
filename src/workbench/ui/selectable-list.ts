import { h, newId } from './dom.ts';
import { iconView } from './icons.ts';
import { rowForKey } from './list-keys.ts';
import type { RowAttributes } from './row-attributes.ts';
import { html, render, type TemplateResult } from './view.ts';
import { VirtualList } from './virtual-list.ts';

export interface SelectableListOptions {
  role?: 'listbox' | 'tree';
  class: string;
  label: string;
  /** Prefix of the rows' ids. */
  name: string;
  /** Text of the button that follows the end again; a list without it is read from its top. */
  followText?: string;
  rowHeight(): number;
  count(): number;
  /** Index of the selected row; undefined or -1 if there is none. */
  selected(): number | undefined;
  /** The row's root takes the attributes by `listRow` or `treeRow`. */
  render(index: number, attributes: RowAttributes): TemplateResult;
  /** Identity of a row that may move; its index if absent. */
  key?(index: number): unknown;
  /** Changes if `render` would return something else; the selection is added here. */
  signature(index: number): string;
  /** The reader wants this row to be selected, or none. */
  select(index: number | undefined): void;
  /** Called first; returns whether it handled the key. */
  onKey?(event: KeyboardEvent): boolean;
  /** A click on a row, before it is selected. */
  onClick?(index: number, target: Element): void;
}

/**
 * A virtual list of rows that mouse and keyboard select. The selected row is what a screen reader
 * reads (`aria-activedescendant`).
 */
export function createSelectableList(options: SelectableListOptions) {
  const { role = 'listbox', name, followText, count } = options;
  const id = newId(name);
  const element = h('div', {
    class: options.class,
    role,
    tabindex: 0,
    'aria-label': options.label,
    onkeydown: (event: KeyboardEvent) => onKey(event),
    onclick: ({ target }: MouseEvent) => onClick(target as Element),
  });
  const followButton = h('button', {
    ...{ type: 'button', class: 'wb-follow', hidden: true },
    onclick: () => virtual.follow(),
  });
  render(html`${iconView('down')}${followText}`, followButton);
  const virtual = new VirtualList(element, {
    rowHeight: options.rowHeight,
    count,
    signature: (index) => `${options.signature(index)} ${index === selected}`,
    ...(options.key && { key: options.key }),
    render: (index) => options.render(index, attributesOf(index)),
    onFollow: (following) => (followButton.hidden = following),
    follows: followText !== undefined,
  });
  /** Index of the selected row, as of the last draw: finding it may take a search. */
  let selected: number | undefined;
  function findSelected(): void {
    const at = options.selected() ?? -1;
    selected = at < 0 ? undefined : at;
  }

  function attributesOf(index: number): RowAttributes {
    return { id: `${id}-${index}`, index, selected: index === selected, size: count() };
  }
  function onClick(target: Element): void {
    const index = target.closest<HTMLElement>('[data-index]')?.dataset.index;
    if (index === undefined || Number(index) >= count()) return;
    options.onClick?.(Number(index), target);
    options.select(Number(index));
  }
  function onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    findSelected();
    const page = Math.floor(element.clientHeight / options.rowHeight());
    const to = rowForKey(event.key, selected, count() - 1, page);
    if (options.onKey?.(event)) event.preventDefault();
    else if (to !== undefined) options.select(to);
    else if (event.key === 'Escape' && selected !== undefined) options.select(undefined);
    else return;
    event.preventDefault();
  }

  return {
    element,
    followButton,
    draw(): void {
      findSelected();
      virtual.draw();
    },
    /** Rows are no longer at their places. */
    clear: () => virtual.clear(),
    follow(): void {
      findSelected();
      virtual.follow();
    },
    focus: () => element.focus(),
    /** Scrolls the selected row into sight, and points screen readers at it. */
    point(): void {
      findSelected();
      if (selected === undefined) return element.removeAttribute('aria-activedescendant');
      virtual.show(selected);
      if (followText !== undefined) virtual.stopFollowing();
      element.setAttribute('aria-activedescendant', `${id}-${selected}`);
    },
  };
}
