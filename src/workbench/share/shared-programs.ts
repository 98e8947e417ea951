import type { TextStore } from '../store/drafts.ts';
import type { Programs } from '../run/programs.ts';
import type { Notice } from '../notices/notice.ts';
import { h } from '../ui/dom.ts';
import { writeClipboard } from '../ui/clipboard.ts';
import type { Words } from '../i18n/words.ts';
import { isSharedWith, readShared, shareFragment, type SharedFile } from './share-link.ts';

export interface SharedProgramsDeps {
  exercise: string;
  programs: Programs;
  store: TextStore;
  words: Words;
  notice(subject: string, notice: Notice | undefined): void;
}

/**
 * Programs by link: making one, and what happens when a page is opened by one. Somebody else's
 * programs are shown, never run; the learner's own are kept until the learner takes them back.
 */
export class SharedPrograms {
  readonly #parts: SharedProgramsDeps;
  readonly #key: string;

  constructor(parts: SharedProgramsDeps) {
    this.#parts = parts;
    this.#key = `retained:before-shared:${parts.exercise}`;
  }

  /** Call when the editor is there. */
  async open(): Promise<void> {
    const { exercise, programs, words, notice } = this.#parts;
    const fragment = location.hash;
    if (isSharedWith(exercise, fragment)) {
      const names = programs.files.map(({ name }) => name);
      const shared = await readShared(exercise, names, fragment);
      // Once: a reload shows what has become of it, not the link again.
      history.replaceState(history.state, '', location.pathname + location.search);
      if (!shared) notice('shared', { tone: 'wrong', text: words('workbench.shared.damaged') });
      else this.#show(shared);
    }
    if (this.#own()) this.#tell();
  }

  /** A link to the programs as they stand now, in a notice from which it can be copied. */
  async share(): Promise<void> {
    const { exercise, programs, words, notice } = this.#parts;
    const fragment = await shareFragment(exercise, programs.files);
    if (!fragment) return notice('share', { tone: 'wrong', text: words('workbench.share.long') });
    const link = location.origin + location.pathname + fragment;
    const field = h('input', {
      class: 'wb-share-link',
      readonly: true,
      value: link,
      'aria-label': words('workbench.share.link'),
      onfocus: () => field.select(),
    });
    const copied = await writeClipboard(link, field);
    notice('share', {
      text: words(copied ? 'workbench.share.copied' : 'workbench.share.select'),
      extra: field,
      action: { label: words('workbench.close'), do: () => notice('share', undefined) },
    });
    if (!copied) field.focus();
  }

  #show(shared: readonly SharedFile[]): void {
    const { programs, store } = this.#parts;
    // A second link does not push the learner's own programs out.
    const own = this.#own() ?? programs.files;
    if (programs.replace(shared)) store.setItem(this.#key, JSON.stringify(own));
  }

  #tell(): void {
    const { programs, store, words, notice } = this.#parts;
    const forget = () => {
      store.removeItem(this.#key);
      notice('shared', undefined);
    };
    notice('shared', {
      text: words('workbench.shared'),
      action: {
        label: words('workbench.shared.back'),
        do: () => {
          programs.replace(this.#own() ?? []);
          forget();
        },
      },
      second: { label: words('workbench.shared.keep'), do: forget },
    });
  }

  /** The learner's own programs, while somebody else's stand in the editor. */
  #own(): SharedFile[] | undefined {
    try {
      const kept: unknown = JSON.parse(this.#parts.store.getItem(this.#key) ?? 'null');
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
