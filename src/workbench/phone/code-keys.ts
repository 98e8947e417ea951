/** Signs that a phone's keyboard hides, in a row above it; and snippets of the lesson that go into the program. */
import { wordAreas } from '../i18n/word-areas.ts';
import { createWords, type Words } from '../i18n/words.ts';
import type { EditedPrograms } from '../run/programs.ts';
import { createView, html } from '../ui/view.ts';
import { offerSnippets, type PhoneDeps } from './snippets.ts';

const signs = ["'", '(', ')', '{', '}', ';'] as const;

/** Adds to a workbench what a finger needs, once its words are there. Nothing with a mouse. */
export async function addPhoneHelp(code: HTMLElement, deps: PhoneDeps): Promise<void> {
  if (!matchMedia('(pointer: coarse)').matches) return;
  followKeyboard();
  const words = createWords(await wordAreas(deps.language, ['phone']));
  code.after(codeKeys(deps.programs, words));
  offerSnippets(deps, words);
}

function codeKeys(programs: Pick<EditedPrograms, 'editor'>, words: Words): HTMLElement {
  // The focus stays in the program, or the keyboard goes away.
  const hold = (event: Event) => event.preventDefault();
  return createView(
    () =>
      html`<div class="wb-code-keys" role="group" aria-label=${words('phone.keys')}>
        ${signs.map(
          (sign) =>
            html`<button
              type="button"
              tabindex="-1"
              @pointerdown=${hold}
              @mousedown=${hold}
              @click=${() => programs.editor?.insert?.(sign)}
            >
              ${sign}
            </button>`,
        )}
      </div>`,
  ).element;
}

let isFollowing = false;

/** How high the keyboard on the screen is: bars at the bottom stand above it. */
function followKeyboard(): void {
  const { visualViewport: view, document } = globalThis;
  if (isFollowing || !view) return;
  isFollowing = true;
  const root = document.documentElement;
  const measure = () => {
    const covered = view.scale > 1.01 ? 0 : root.clientHeight - view.height - view.offsetTop;
    root.style.setProperty('--wb-keyboard', `${Math.max(0, Math.round(covered))}px`);
  };
  view.addEventListener('resize', measure);
  view.addEventListener('scroll', measure);
  measure();
}
