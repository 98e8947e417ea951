import { h, newId } from './dom.ts';
import { html, nothing, render, type TemplateResult } from './view.ts';

export interface MenuItem {
  label: string;
  /** Given: the item can be ticked, and is or is not. */
  checked?: boolean;
  /** With `checked`: the ticked one of several, of which one always is. */
  isOneOf?: boolean;
  disabled?: boolean;
  /** Shown at the end of the item: a key, for example. */
  note?: string;
  /** What it does, in a sentence below its name. */
  detail?: string;
  do(): void;
}

/** Pixels between a menu and the screen's edge. */
const edge = 8;
/** Pixels between a menu and its button. */
const gap = 2;

/**
 * A button that opens a list of actions, as ARIA's menu button pattern has it: arrows, Home, End, a
 * first letter, Escape. `items` is called each time it opens.
 */
export function createMenu(
  label: string | Node | TemplateResult,
  items: () => MenuItem[],
  options: { class?: string; name?: string; align?: 'start' | 'end' } = {},
) {
  const id = newId('menu');
  const element = h('div', { class: 'wb-menu-place' });
  let isOpen = false;
  let shown: readonly MenuItem[] = [];
  /** Set when it opens for the first time: the button's own text may be an element. */
  let name: string | undefined;
  draw();
  const button = element.querySelector('button')!;
  const list = element.querySelector<HTMLElement>('[role=menu]')!;
  const buttons = () => [...list.querySelectorAll('button')];

  function draw(): void {
    // Tight: a space would stand before the arrow that follows the text.
    // prettier-ignore
    const menuButton = html`<button
      type="button"
      class=${options.class ?? 'wb-button'}
      aria-haspopup="menu"
      aria-expanded=${isOpen}
      aria-controls=${id}
      aria-label=${options.name ?? nothing}
      @click=${() => (isOpen ? close(false) : open(0))}
      @keydown=${onButtonKey}
    >${label}</button>`;
    const menu = html`<div
      id=${id}
      class="wb-menu"
      role="menu"
      ?hidden=${!isOpen}
      data-align=${options.align ?? 'end'}
      aria-label=${name ?? nothing}
      @keydown=${onKey}
      @focusout=${onLeave}
    >
      ${shown.map(itemView)}
    </div>`;
    render([menuButton, menu], element);
  }
  function itemView(item: MenuItem): TemplateResult {
    const { label: text, checked, isOneOf, disabled, note, detail } = item;
    const tick = isOneOf ? 'menuitemradio' : 'menuitemcheckbox';
    const act = () => {
      if (disabled) return;
      close(true);
      item.do();
    };
    return html`<button
      type="button"
      class="wb-menu-item"
      role=${checked === undefined ? 'menuitem' : tick}
      aria-checked=${checked ?? nothing}
      aria-disabled=${disabled ? 'true' : nothing}
      tabindex="-1"
      @click=${act}
    >
      <span
        >${text}${
          detail === undefined ? nothing : html`<span class="wb-menu-detail">${detail}</span>`
        }</span
      >${note === undefined ? nothing : html`<span class="wb-menu-note">${note}</span>`}
    </button>`;
  }

  function open(at: number): void {
    shown = items();
    isOpen = true;
    name = options.name ?? button.textContent.trim();
    draw();
    // Its own: a panel may be in a window of its own.
    element.ownerDocument.addEventListener('pointerdown', onOutside);
    place();
    buttons().at(at)?.focus();
  }
  /**
   * Below its button, or above if the screen ends below (on a phone the bar is at its bottom), and never
   * beside the screen. Measured, because a list may be fixed to any part of the page.
   */
  function place(): void {
    const { clientWidth, clientHeight } = element.ownerDocument.documentElement;
    list.style.translate = '';
    const own = list.getBoundingClientRect();
    const at = button.getBoundingClientRect();
    const below = at.bottom + gap;
    const above = at.top - gap - own.height;
    const lowest = clientHeight - edge - own.height;
    const top = below <= lowest ? below : above >= edge ? above : Math.max(edge, lowest);
    const inwards = Math.max(edge - own.left, Math.min(0, clientWidth - edge - own.right));
    list.style.translate = `${inwards}px ${top - own.top}px`;
  }
  function close(back: boolean): void {
    if (!isOpen) return;
    isOpen = false;
    element.ownerDocument.removeEventListener('pointerdown', onOutside);
    draw();
    if (back) button.focus();
  }
  function onOutside({ target }: Event): void {
    if (!element.contains(target as Node)) close(false);
  }
  function onLeave({ relatedTarget }: FocusEvent): void {
    if (relatedTarget && !element.contains(relatedTarget as Node)) close(false);
  }
  function onButtonKey(event: KeyboardEvent): void {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    open(event.key === 'ArrowDown' ? 0 : -1);
  }
  function onKey(event: KeyboardEvent): void {
    const all = buttons();
    const from = all.indexOf(element.ownerDocument.activeElement as HTMLButtonElement);
    const step = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') return close(true);
    else if (step !== undefined) all.at(step % all.length)?.focus();
    else {
      const first = (each: HTMLElement) =>
        each.textContent.trim().toLowerCase().startsWith(event.key);
      const next = [...all.slice(from + 1), ...all].find((each) => first(each));
      if (event.key.length !== 1 || !next) return;
      next.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }
  return {
    element,
    button,
    close: () => close(false),
    /** Its button has been moved: an open list is placed anew. */
    moved: () => isOpen && place(),
  };
}
