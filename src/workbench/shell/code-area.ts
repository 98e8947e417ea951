import { heightOf } from '../editor/metrics.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import { createView, html, nothing } from '../ui/view.ts';

export interface CodeAreaDeps {
  model: Model;
  programs: EditedPrograms;
  /** The page's own highlighted text, which stays until the editor replaces it. */
  still: HTMLElement;
  /** The `id` of the tabs' panel. */
  panelId: string | undefined;
}

/** The place of the editor, as high as its text; the editor shows the model's file and place. */
export function createCodeArea({ model, programs, still, panelId }: CodeAreaDeps) {
  // The page's static file names: the tabs replace them.
  still.querySelector('.files')?.remove();
  // Without programs no editor comes.
  const hasPrograms = model.file !== '';
  const first = heightOf(programs.starter(model.file));
  const { element, draw } = createView(() => {
    const isReady = programs.editor !== undefined;
    // The styles derive the area's height from the height of the text.
    const style = `--wb-code-first:${first}px;--wb-code-text:${heightOf(programs.text(model.file))}px`;
    return html`<div
      class="wb-code"
      aria-busy=${hasPrograms && !isReady ? 'true' : nothing}
      id=${panelId ?? nothing}
      role=${panelId === undefined ? nothing : 'tabpanel'}
      .style=${style}
    >
      <div class="wb-editor" translate="no"></div>
      ${isReady ? nothing : still}
    </div>`;
  });

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
    /** For the editor, which draws itself. */
    editorBox: element.querySelector<HTMLElement>('.wb-editor')!,
  };
}
