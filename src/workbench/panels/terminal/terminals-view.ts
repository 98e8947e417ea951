import type { Words } from '../../i18n/words.ts';
import { html, repeat, type TemplateResult } from '../../ui/view.ts';

export interface TerminalBox {
  number: number;
  /** The element that xterm draws into. */
  screen: HTMLElement;
}
export interface TerminalsActions {
  open(): void;
  close(number: number): void;
  /** Sends what a key of a terminal would send. */
  press(number: number, data: string): void;
}

/** More would be smaller than a line of text. */
const mostTerminals = 4;
/** Keys that a phone's keyboard doesn't have, and what they send. */
const keys = [
  ['tab', '\t'],
  ['up', '\x1b[A'],
  ['down', '\x1b[B'],
  ['interrupt', '\x03'],
] as const;

/** The focus stays in the terminal, or the phone's keyboard goes away. */
const hold = (event: Event): void => event.preventDefault();

/** The terminals side by side, each with its title, screen and keys. */
export function terminalsView(
  boxes: readonly TerminalBox[],
  on: TerminalsActions,
  words: Words,
): TemplateResult {
  return html`
    <div class="wb-terminal-bar">
      <button
        type="button"
        class="wb-button"
        ?disabled=${boxes.length >= mostTerminals}
        @click=${on.open}
      >
        ${words('terminal.new')}
      </button>
    </div>
    <div class="wb-terminals" data-count=${boxes.length}>
      ${repeat(boxes, ({ screen }) => screen, boxView)}
    </div>
  `;

  function boxView({ number, screen }: TerminalBox) {
    const title = words('terminal.title', { number });
    return html`<section role="group" class="wb-terminal" aria-label=${title}>
      <header>
        <h3>${title}</h3>
        <button
          type="button"
          class="wb-link"
          aria-label=${words('terminal.close-one', { number })}
          @click=${() => on.close(number)}
        >
          ${words('terminal.close')}
        </button>
      </header>
      ${screen}
      <div class="wb-terminal-keys" role="group" aria-label=${words('terminal.keys')}>
        ${keys.map(
          ([key, data]) =>
            html`<button
              type="button"
              @pointerdown=${hold}
              @mousedown=${hold}
              @click=${() => on.press(number, data)}
            >
              ${words(`terminal.key.${key}`)}
            </button>`,
        )}
      </div>
    </section>`;
  }
}
