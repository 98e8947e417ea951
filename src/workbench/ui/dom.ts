type Value = string | number | boolean | undefined | ((event: never) => void);

/**
 * An element with its attributes, listeners (`onclick`) and children. Strings become text nodes,
 * never markup: text from a learner or a socket can be passed as it is.
 */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, Value> = {},
  ...children: (Node | string | undefined | false)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  for (const child of children) if (child !== undefined && child !== false) element.append(child);
  return element;
}

let lastId = 0;
/** An id that no other element of the page has. */
export function newId(prefix: string): string {
  return `wb-${prefix}-${++lastId}`;
}
