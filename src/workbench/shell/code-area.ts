import { heightOf } from '../editor/metrics.ts';
import type { Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { ExerciseData } from '../store/exercise-data.ts';
import { newId } from '../ui/dom.ts';
import { iconView } from '../ui/icons.ts';
import { createView, html, nothing } from '../ui/view.ts';

export interface CodeAreaDeps {
  data: Pick<ExerciseData, 'devices'>;
  words: Words;
  model: Model;
  programs: EditedPrograms;
  /** The page's own highlighted text, which stays until the editor replaces it. */
  still: HTMLElement;
  /** The `id` of the tabs' panel. */
  panelId: string | undefined;
}

/**
 * The place of the editor, as high as its text; the editor shows the model's file and place. Where no
 * program has to be changed, it is folded to a line that opens it: the work is elsewhere.
 */
export function createCodeArea({ data, words, model, programs, still, panelId }: CodeAreaDeps) {
  // The page's static file names: the tabs replace them.
  still.querySelector('.files')?.remove();
  still.querySelector('.static-fold')?.remove();
  // Without programs no editor comes.
  const hasPrograms = model.file !== '';
  const isGiven = hasPrograms && data.devices.every(({ given }) => given);
  let isFolded = isGiven && data.devices.every(({ name, starter }) => programs.text(name) === starter); // prettier-ignore
  const id = panelId ?? newId('program');
  const first = heightOf(programs.starter(model.file));
  const { element, draw } = createView(() => {
    const isReady = programs.editor !== undefined;
    // The styles derive the area's height from the height of the text.
    const style = `--wb-code-first:${first}px;--wb-code-text:${heightOf(programs.text(model.file))}px`;
    return html`<div
      class="wb-code"
      aria-busy=${hasPrograms && !isReady ? 'true' : nothing}
      id=${id}
      role=${panelId === undefined ? nothing : 'tabpanel'}
      .style=${style}
      ?hidden=${isFolded}
    >
      <div class="wb-editor" translate="no"></div>
      ${isReady ? nothing : still}
    </div>`;
  });
  const fold = createView(
    () =>
      html`<button
        type="button"
        class="wb-fold"
        ?hidden=${!isGiven}
        aria-expanded=${!isFolded}
        aria-controls=${id}
        @click=${() => setFolded(!isFolded)}
      >
        ${iconView(isFolded ? 'right' : 'down')}<span>${words('workbench.code.given')}</span>
      </button>`,
  );

  function setFolded(next: boolean): void {
    isFolded = next;
    fold.draw();
    draw();
  }
  programs.onChange(draw);
  model.on('file', () => {
    programs.editor?.show(model.file);
    draw();
  });
  model.on('place', () => {
    if (!model.place) return;
    const { file, line, column, message } = model.place;
    programs.editor?.revealProblem(file, line, column, message);
  });
  return {
    element,
    /** The line that opens it. */
    fold: fold.element,
    /** Somebody wants to see the program. */
    unfold: () => isFolded && setFolded(false),
    /** For the editor, which draws itself. */
    editorBox: element.querySelector<HTMLElement>('.wb-editor')!,
  };
}
