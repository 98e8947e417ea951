import { h, newId } from './dom.ts';

export interface MenuItem {
  label: string;
  /** Given: the item can be ticked, and is or is not. */
  checked?: boolean;
  disabled?: boolean;
  /** Shown at the end of the item: a key, for example. */
  note?: string;
  do(): void;
}

/** Pixels between a menu and the screen's edge. */
const edge = 8;

/**
 * A button that opens a list of actions, as ARIA's menu button pattern has it: arrows, Home, End, a
 * first letter, Escape. `items` is called each time it opens.
 */
export function createMenu(
  label: string | Node,
  items: () => MenuItem[],
  options: { class?: string; name?: string; align?: 'start' | 'end' } = {},
) {
  const id = newId('menu');
  const list = h('div', {
    id,
    class: 'wb-menu',
    role: 'menu',
    hidden: true,
    'data-align': options.align ?? 'end',
    onkeydown: (event: KeyboardEvent) => onKey(event),
  });
  const button = h(
    'button',
    {
      type: 'button',
      class: options.class ?? 'wb-button',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-controls': id,
      'aria-label': options.name,
      onclick: () => (list.hidden ? open(0) : close(false)),
      onkeydown: (event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
        event.preventDefault();
        open(event.key === 'ArrowDown' ? 0 : -1);
      },
    },
    label,
  );
  const element = h('div', { class: 'wb-menu-place' }, button, list);
  const buttons = () => [...list.querySelectorAll('button')];

  function open(at: number): void {
    list.replaceChildren(...items().map((item) => itemElement(item)));
    list.hidden = false;
    button.setAttribute('aria-expanded', 'true');
    list.setAttribute('aria-label', options.name ?? button.textContent ?? '');
    document.addEventListener('pointerdown', outside);
    list.addEventListener('focusout', left);
    place();
    buttons().at(at)?.focus();
  }
  /**
   * Upwards if the screen ends below (on a phone the bar is at its bottom), and never beside it.
   */
  function place(): void {
    const { clientWidth, clientHeight } = document.documentElement;
    delete list.dataset.up;
    list.style.translate = '';
    const { left, right, bottom } = list.getBoundingClientRect();
    if (bottom > clientHeight) list.dataset.up = '';
    const inwards = Math.max(edge - left, Math.min(0, clientWidth - edge - right));
    if (inwards !== 0) list.style.translate = `${inwards}px`;
  }
  function close(back: boolean): void {
    if (list.hidden) return;
    list.hidden = true;
    button.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside);
    list.removeEventListener('focusout', left);
    if (back) button.focus();
  }
  const outside = ({ target }: Event) => element.contains(target as Node) || close(false);
  const left = ({ relatedTarget }: FocusEvent) =>
    relatedTarget && !element.contains(relatedTarget as Node) && close(false);

  function itemElement(item: MenuItem): HTMLElement {
    return h(
      'button',
      {
        type: 'button',
        class: 'wb-menu-item',
        role: item.checked === undefined ? 'menuitem' : 'menuitemcheckbox',
        'aria-checked': item.checked === undefined ? undefined : String(item.checked),
        'aria-disabled': item.disabled ? 'true' : undefined,
        tabindex: -1,
        onclick: () => {
          if (item.disabled) return;
          close(true);
          item.do();
        },
      },
      h('span', {}, item.label),
      item.note !== undefined && h('span', { class: 'wb-menu-note' }, item.note),
    );
  }

  function onKey(event: KeyboardEvent): void {
    const all = buttons();
    const from = all.indexOf(document.activeElement as HTMLButtonElement);
    const step = { ArrowDown: from + 1, ArrowUp: from - 1, Home: 0, End: -1 }[event.key];
    if (event.key === 'Escape') close(true);
    else if (event.key === 'Tab') return close(true);
    else if (step !== undefined) all.at(step % all.length)?.focus();
    else {
      const first = (each: HTMLElement) => each.textContent?.toLowerCase().startsWith(event.key);
      const next = [...all.slice(from + 1), ...all].find((each) => first(each));
      if (event.key.length !== 1 || !next) return;
      next.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }
  return { element, button, close: () => close(false) };
}
