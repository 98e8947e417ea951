import type { PanelName } from '../../../sandbox/protocol/exercise.ts';
import { wordAreas } from '../i18n/word-areas.ts';
import { createWords, type Words } from '../i18n/words.ts';
import type { TextStore } from '../store/drafts.ts';

/** Windows of this width have room for two docks. */
const wideEnough = '(min-width: 1600px)';
const key = 'retained:beside';

export interface DocksDeps {
  /** The workbench. */
  element: HTMLElement;
  language: 'en' | 'zh-tw';
  /** The workbench's own words. */
  strings: Record<string, string>;
  store: TextStore;
}

/**
 * How much room the panels have: one of them in a second dock beside the first, which this browser
 * remembers for all exercises; and the dock as large as its column, until the next page.
 */
export class Docks {
  readonly #element: HTMLElement;
  readonly #store: TextStore;
  readonly #wide = matchMedia(wideEnough);
  readonly #changed: (() => void)[] = [];
  readonly #offered: readonly PanelName[];
  #chosen: PanelName | undefined;
  #words: Words | undefined;

  /** @param offered the panels of the exercise: what is kept may be another one's */
  constructor({ element, language, strings, store }: DocksDeps, offered: readonly PanelName[]) {
    this.#element = element;
    this.#store = store;
    this.#offered = offered;
    this.#chosen = this.#find(store.getItem(key));
    this.#wide.addEventListener('change', this.#change);
    void wordAreas(language, ['docks']).then((area) => {
      this.#words = createWords(strings, area);
      this.#change();
    });
  }

  /** In the second dock; undefined if there is none. */
  get beside(): PanelName | undefined {
    return this.isWide ? this.#chosen : undefined;
  }
  get isWide(): boolean {
    return this.#wide.matches;
  }
  get isLarge(): boolean {
    return this.#element.hasAttribute('data-large');
  }
  /** Undefined until they are there. */
  get words(): Words | undefined {
    return this.#words;
  }

  /** For styles: a `:has()` of what is not hidden would be looked at again at each change inside. */
  setInSight(names: readonly PanelName[]): void {
    this.#element.dataset['inSight'] = names.join(' ');
  }

  setBeside(name: PanelName | undefined): void {
    this.#chosen = this.#find(name);
    if (name === undefined) this.#store.removeItem(key);
    else this.#store.setItem(key, name);
    this.#change();
  }
  setLarge(isLarge: boolean): void {
    if (isLarge === this.isLarge) return;
    this.#element.toggleAttribute('data-large', isLarge);
    this.#change();
  }
  onChange(listener: () => void): void {
    this.#changed.push(listener);
  }
  dispose(): void {
    this.#wide.removeEventListener('change', this.#change);
  }

  #find(name: unknown): PanelName | undefined {
    return this.#offered.find((one) => one === name);
  }
  readonly #change = (): void => {
    for (const listener of this.#changed) listener();
  };
}
