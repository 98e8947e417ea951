/** An element that stands for something, drawn anew only where `signature` differs. */
export interface Keyed {
  key: string;
  signature: string;
  render(): HTMLElement;
}

/**
 * Brings the children of `container` into line with `wanted`, in its order. What did not change
 * stays as it is; where a part with the focus is drawn anew, the same `data-focus` in it gets it.
 */
export function renderKeyed(container: HTMLElement, wanted: readonly Keyed[]): void {
  const old = new Map<string, HTMLElement>();
  for (const child of container.children) {
    const key = (child as HTMLElement).dataset.key;
    if (key !== undefined) old.set(key, child as HTMLElement);
  }
  let place = container.firstElementChild;
  for (const { key, signature, render } of wanted) {
    const known = old.get(key);
    old.delete(key);
    if (known && known.dataset.signature === signature) {
      if (known === place) place = place.nextElementSibling;
      else container.insertBefore(known, place);
      continue;
    }
    const element = render();
    element.dataset.key = key;
    element.dataset.signature = signature;
    if (known === place && place) place = place.nextElementSibling;
    const focus = known && focusIn(known);
    if (known) known.replaceWith(element);
    container.insertBefore(element, place);
    if (focus !== undefined) find(element, focus)?.focus();
  }
  for (const element of old.values()) element.remove();
}

function focusIn(element: HTMLElement): string | undefined {
  const { activeElement } = document;
  return element.contains(activeElement) ? (activeElement as HTMLElement).dataset.focus : undefined;
}
function find(element: HTMLElement, focus: string): HTMLElement | undefined {
  return [...element.querySelectorAll<HTMLElement>('[data-focus]')].find(
    ({ dataset }) => dataset.focus === focus,
  );
}
