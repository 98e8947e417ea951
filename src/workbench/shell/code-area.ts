import { heightOf } from '../editor/metrics.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import { h } from '../ui/dom.ts';

export interface CodeAreaDeps {
  model: Model;
  programs: EditedPrograms;
  /** The page's own highlighted text, which stays until the editor replaces it. */
  still: HTMLElement;
  /** The `id` of the tabs' panel. */
  panelId: string | undefined;
}

/** The place of the editor, as high as its text; it shows the model's file and place. */
export function createCodeArea({ model, programs, still, panelId }: CodeAreaDeps) {
  // The page's static file names: the tabs replace them.
  still.querySelector('.files')?.remove();
  const box = h('div', { class: 'wb-editor' });
  const hasPrograms = model.file !== '';
  const element = h(
    'div',
    {
      class: 'wb-code',
      // Without programs no editor comes.
      'aria-busy': hasPrograms && 'true',
      id: panelId,
      role: panelId && 'tabpanel',
    },
    box,
    still,
  );

  /** The height of the text; the styles derive the area's height from it. */
  const fit = (): void => {
    element.style.setProperty('--wb-code-text', `${heightOf(programs.text(model.file))}px`);
  };
  element.style.setProperty('--wb-code-first', `${heightOf(programs.starter(model.file))}px`);
  fit();
  programs.onChange(fit);
  model.on('file', () => {
    programs.editor?.show(model.file);
    fit();
  });
  model.on('place', () => {
    if (!model.place) return;
    const { file, line, column, message } = model.place;
    programs.editor?.revealProblem(file, line, column, message);
  });
  return {
    element,
    box,
    ready(): void {
      still.remove();
      element.removeAttribute('aria-busy');
    },
  };
}
