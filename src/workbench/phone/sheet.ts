/**
 * Where the workbench has no column of its own, the checks and the panels stand below the program, where
 * nobody sees what a run did. A run has them slide up from the bar with Run, and so does a finger that
 * turns to a terminal: its keys stand above the keyboard there. Whoever turns to the program puts them
 * back.
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

const isTerminal = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('.wb-terminal-screen') !== null;

export function createSheet({ words, model, parts, code }: SheetDeps): HTMLElement {
  const isFinger = matchMedia('(pointer: coarse)');
  const isSheet = matchMedia('(max-width: 1099.98px)');
  const { element } = createView(
    () =>
      html`<div class="wb-sheet" @keydown=${press} @click=${leave} @focusin=${type}>
        <button type="button" class="wb-sheet-close" @click=${close}>
          ${iconView('down')}<span class="wb-spoken">${words('workbench.dismiss')}</span>
        </button>
        ${parts}
      </div>`,
  );
  function open(): void {
    // Beside the lesson it has no box of its own, and to measure it would lay out the page.
    if (!element.toggleAttribute('data-open', true) || !isSheet.matches) return;
    // It is as high as the window allows only from where the workbench begins.
    const hidden = hiddenBelow();
    if (hidden > 0) scrollBy({ top: hidden, behavior: 'instant' });
  }
  /** CSS pixels of the sheet below the top of the bar with Run; negative if they are apart. */
  function hiddenBelow(): number {
    const { bottom } = getComputedStyle(element);
    const lowest = document.documentElement.clientHeight - (Number.parseFloat(bottom) || 0);
    return Math.round(element.getBoundingClientRect().bottom - lowest);
  }
  function close(): void {
    element.removeAttribute('data-open');
  }
  function press({ key, target }: KeyboardEvent): void {
    if (key === 'Escape' && !isTerminal(target)) close();
  }
  function type({ target }: Event): void {
    if (!isFinger.matches || !isTerminal(target)) return;
    open();
    showTerminal();
  }
  /** With its keys, above the keyboard of the screen, which comes a moment later. */
  function showTerminal(): void {
    if (!isTerminal(document.activeElement) || !element.contains(document.activeElement)) return;
    scrollBy({ top: hiddenBelow(), behavior: 'instant' });
    element.scrollTop = element.scrollHeight;
    // Of several, the one in use.
    document.activeElement?.closest('.wb-terminal')?.scrollIntoView({ block: 'nearest' });
  }
  new ResizeObserver(showTerminal).observe(element);
  /** Read on in the text. */
  function leave({ target }: Event): void {
    if ((target as Element).closest('a[href^="#"]')) close();
  }
  let wasActive = false;
  model.on('session', () => {
    if (model.isActive && !wasActive) {
      open();
      if (isSheet.matches) element.scrollTop = 0;
    }
    wasActive = model.isActive;
  });
  code.addEventListener('focusin', close);
  return element;
}
