import type { Layout } from './layout.ts';
import type { Programs } from '../run/programs.ts';
import type { loadLazyParts } from './lazy-parts.ts';
import type { Words } from '../i18n/words.ts';

export interface OpenEditorDeps {
  services: ReturnType<typeof loadLazyParts>;
  programs: Programs;
  words: Words;
  parts: Pick<Layout, 'notices' | 'tabs' | 'code'>;
  /** The programs stand in the editor. */
  opened(): void;
}

/** Puts the editor in the place of the page's still text; a failure is told, with a second try. */
export async function openEditor(given: OpenEditorDeps): Promise<void> {
  const { services, programs, words, parts } = given;
  parts.notices.show('editor', undefined);
  try {
    programs.use(await services.editor(parts.code.box, programs.files));
    programs.editor?.show(parts.tabs.selected);
    parts.code.ready();
    given.opened();
    // The programs' frame takes its 150 ms now, not at the first Run.
    void services
      .deviceHost()
      .then((host) => host.warm())
      .catch(() => {});
  } catch (error) {
    programs.failed(error);
    parts.notices.show('editor', {
      tone: 'wrong',
      text: words('workbench.editor-failed'),
      action: { label: words('workbench.reload'), do: () => void openEditor(given) },
    });
  }
}
