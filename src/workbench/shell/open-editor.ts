import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { LazyParts } from './lazy-parts.ts';

export interface OpenEditorDeps {
  lazy: LazyParts;
  programs: EditedPrograms;
  model: Model;
  /** Where the editor goes. */
  box: HTMLElement;
}

/** Replaces the page's static text by the editor. A failure is a notice, whose action tries again. */
export async function openEditor(deps: OpenEditorDeps): Promise<boolean> {
  const { lazy, programs, model, box } = deps;
  model.notices.set('editor', undefined);
  programs.editorComes();
  try {
    const editor = await lazy.editor(box, programs.files);
    // The text that stands there until now may have the focus: its place has it afterwards, and not the
    // editor, in which Tab would indent.
    const hadFocus = box.parentElement?.contains(document.activeElement) ?? false;
    programs.setEditor(editor);
    programs.editor?.show(model.file);
    if (hadFocus) {
      box.tabIndex = -1;
      box.focus({ preventScroll: true });
    }
    // The programs' frame takes its 150 ms now, not at the first Run.
    void lazy.warm();
    return true;
  } catch (error) {
    programs.editorFailed(error);
    model.notices.set('editor', {
      tone: 'wrong',
      text: { key: 'workbench.editor-failed' },
      actions: [{ label: { key: 'workbench.reload' }, action: { do: 'open-editor' } }],
    });
    return false;
  }
}
