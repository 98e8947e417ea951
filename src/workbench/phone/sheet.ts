/**
 * On a phone the checks and the panels stand below the program, where nobody sees what a run did. A run
 * has them slide up from the bar at the thumb; whoever turns to the program puts them back.
 */
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { iconView } from '../ui/icons.ts';
import { createView, html } from '../ui/view.ts';

export interface SheetDeps {
  words: Words;
  model: Pick<Model, 'isActive' | 'on'>;
  /** What slides up, in order. */
  parts: readonly HTMLElement[];
  /** The element of the editor. */
  code: HTMLElement;
}

export function createSheet({ words, model, parts, code }: SheetDeps): HTMLElement {
  const { element } = createView(
    () =>
      html`<div class="wb-sheet" @keydown=${press} @click=${leave}>
        <button type="button" class="wb-sheet-close" @click=${close}>
          ${iconView('down')}<span class="wb-spoken">${words('workbench.dismiss')}</span>
        </button>
        ${parts}
      </div>`,
  );
  function close(): void {
    element.removeAttribute('data-open');
  }
  function press(event: KeyboardEvent): void {
    if (event.key === 'Escape') close();
  }
  /** Read on in the text. */
  function leave({ target }: Event): void {
    if ((target as Element).closest('a[href^="#"]')) close();
  }
  let wasActive = false;
  model.on('session', () => {
    if (model.isActive && !wasActive) {
      element.toggleAttribute('data-open', true);
      element.scrollTop = 0;
    }
    wasActive = model.isActive;
  });
  code.addEventListener('focusin', close);
  return element;
}
