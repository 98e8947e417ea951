import { writeClipboard } from '../ui/clipboard.ts';
import { createView, html, nothing, type TemplateResult } from '../ui/view.ts';
import type { Help } from './help.ts';

export interface HelpViewDeps {
  help: Help;
  /** Undefined if the exercise has no solution in code. */
  openSolution: (() => void) | undefined;
  copyText(): string;
}

/** Below a hint that did not help: the shape, the solution, and a text to copy for an assistant. */
export function createHelpView({ help, openSolution, copyText }: HelpViewDeps): HTMLElement {
  let copied: 'copied' | 'not-copied' | undefined;
  const copy = async () => {
    copied = (await writeClipboard(copyText())) ? 'copied' : 'not-copied';
    draw();
  };
  const { element, draw } = createView(
    () =>
      html`<div class="wb-help" ?hidden=${!help.isOffered}>
        ${help.isOffered ? view() : nothing}
      </div>`,
  );
  function view(): TemplateResult {
    const t = help.words!;
    const { shape, isShapeShown } = help;
    return html`<p class="wb-help-ways">
        ${
          shape === undefined
            ? nothing
            : html`<button
                type="button"
                class="wb-button"
                aria-expanded=${isShapeShown}
                @click=${() => help.showShape(!isShapeShown)}
              >
                ${t(isShapeShown ? 'help.shape.hide' : 'help.shape')}
              </button>`
        }
        ${
          openSolution && (isShapeShown || shape === undefined)
            ? html`<button type="button" class="wb-button" @click=${openSolution}>
                ${t('help.solution')}
              </button>`
            : nothing
        }
        <button type="button" class="wb-button" title=${t('help.copy.title')} @click=${copy}>
          ${t('help.copy')}
        </button>
        <span role="status">${copied ? t(`help.${copied}`) : nothing}</span>
      </p>
      ${
        shape !== undefined && isShapeShown
          ? html`<div class="wb-shape-of">
              <p>${t('help.shape.note')}</p>
              <pre tabindex="0" translate="no"><code>${shape}</code></pre>
            </div>`
          : nothing
      }`;
  }
  help.subscribe(() => {
    if (!help.isOffered) copied = undefined;
    draw();
  });
  return element;
}
