import type { Notices } from '../notices/notices.ts';
import type { EditedPrograms } from '../run/programs.ts';
import type { TextStore } from '../store/drafts.ts';
import { writeClipboard } from '../ui/clipboard.ts';
import { isSharedWith, readShared, shareFragment, type SharedFile } from './share-link.ts';

export interface SharedProgramsDeps {
  exercise: string;
  programs: EditedPrograms;
  store: TextStore;
  notices: Notices;
}

/**
 * Programs by link: makes a link, and shows the programs of the link that the page was opened by.
 * Shared programs are never run by themselves; the learner's own are stored until they are restored.
 */
export class SharedPrograms {
  readonly #deps: SharedProgramsDeps;
  readonly #key: string;
  #waiting: readonly SharedFile[] = [];

  constructor(deps: SharedProgramsDeps) {
    this.#deps = deps;
    this.#key = `retained:before-shared:${deps.exercise}`;
  }

  /** Shows the programs of the page's link. The editor has to be there. */
  async open(): Promise<void> {
    const { exercise, programs, notices } = this.#deps;
    const fragment = location.hash;
    if (isSharedWith(exercise, fragment)) {
      const names = programs.files.map(({ name }) => name);
      const shared = await readShared(exercise, names, fragment);
      // Once: a reload shows the current programs, not the link's again.
      history.replaceState(history.state, '', location.pathname + location.search);
      if (!shared)
        return notices.set('shared', { tone: 'wrong', text: { key: 'workbench.shared.damaged' } });
      if (!this.#show(shared)) return;
    }
    if (this.#own()) this.#offerOwn();
  }

  /** Makes a link to the programs as they are now, in a notice from which it can be copied. */
  async share(): Promise<void> {
    const { exercise, programs, notices } = this.#deps;
    const fragment = await shareFragment(exercise, programs.files);
    if (!fragment) {
      return notices.set('share', { tone: 'wrong', text: { key: 'workbench.share.long' } });
    }
    const url = location.origin + location.pathname + fragment;
    const copied = await writeClipboard(url);
    notices.set('share', undefined);
    notices.set('share', {
      text: { key: copied ? 'workbench.share.copied' : 'workbench.share.select' },
      link: { url, select: !copied },
      actions: [{ label: { key: 'workbench.close' }, action: { do: 'dismiss', subject: 'share' } }],
    });
  }

  /** Puts the learner's own programs back. */
  restoreOwn(): void {
    this.#deps.programs.replace(this.#own() ?? []);
    this.keep();
  }
  /** The shared programs are the learner's own from now on. */
  keep(): void {
    this.#deps.store.removeItem(this.#key);
    this.#deps.notices.set('shared', undefined);
  }

  /** Keeps the learner's own programs first. Returns false if they can't be kept: the learner decides. */
  #show(shared: readonly SharedFile[]): boolean {
    const { programs, store, notices } = this.#deps;
    // A second link does not push the learner's own programs out.
    const before = this.#own();
    const isKept = store.setItem(this.#key, JSON.stringify(before ?? programs.files)) !== false;
    const replace = (): void => {
      if (!programs.replace(shared) && !before) store.removeItem(this.#key);
    };
    if (isKept) {
      replace();
      return true;
    }
    if (!before) store.removeItem(this.#key);
    this.#waiting = shared;
    notices.set('shared', {
      tone: 'wrong',
      text: { key: 'workbench.shared.full' },
      actions: [{ label: { key: 'workbench.shared.show' }, action: { do: 'show-shared' } }],
    });
    return false;
  }

  /** Shows the shared programs, though the learner's own are lost when the page closes. */
  showAnyway(): void {
    const { programs, store } = this.#deps;
    store.setItem(this.#key, JSON.stringify(this.#own() ?? programs.files));
    programs.replace(this.#waiting);
    this.#offerOwn('workbench.shared.unkept');
  }

  #offerOwn(key: 'workbench.shared' | 'workbench.shared.unkept' = 'workbench.shared'): void {
    this.#deps.notices.set('shared', {
      text: { key },
      actions: [
        { label: { key: 'workbench.shared.back' }, action: { do: 'restore-own' } },
        { label: { key: 'workbench.shared.keep' }, action: { do: 'keep-shared' } },
      ],
    });
  }

  /** The learner's own programs, while shared ones are in the editor. */
  #own(): SharedFile[] | undefined {
    try {
      const kept: unknown = JSON.parse(this.#deps.store.getItem(this.#key) ?? 'null');
      return Array.isArray(kept) ? kept.filter(isFile) : undefined;
    } catch {
      return undefined;
    }
  }
}

function isFile(value: unknown): value is SharedFile {
  const { name, text } = (value ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && typeof text === 'string';
}
