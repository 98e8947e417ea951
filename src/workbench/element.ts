/**
 * `<mqtt-workbench>`: the part of the workbench that a reading page loads. The rest is loaded when
 * the exercise is near and a reader is active, or when it is touched.
 */
import './styles/frame.css';
import { prefetchEditor } from './editor/prefetch.ts';
import { commonWords } from './i18n/common-words.ts';
import stylesheet from './styles/styles.css?url';
import { addStyles } from './ui/add-styles.ts';
import type { Workbench } from './workbench.ts';

/** How far below the screen an exercise is when it begins to load. */
const near = '600px';
const touches = ['pointerdown', 'focusin', 'keydown'] as const;

/** A learner has written a program on this device before, and most likely continues. */
function hasDraft(): boolean {
  try {
    return Object.keys(localStorage).some((key) => key.startsWith('retained:draft:'));
  } catch {
    return false;
  }
}

/**
 * Resolves with the first sign of a reader. A page in a background tab, or a page that is only
 * fetched, needs no editor; a reader moves something.
 */
const somebody = new Promise<unknown>((resolve) => {
  if (hasDraft()) return resolve(undefined);
  for (const sign of ['pointermove', 'touchstart', 'scroll', ...touches])
    addEventListener(sign, resolve, { once: true, passive: true, capture: true });
});

/** Settled but while a finger or a button is down: nothing is exchanged under it, or a click is lost. */
let pressed: Promise<unknown> = Promise.resolve();
addEventListener(
  'pointerdown',
  () => {
    pressed = new Promise((resolve) => {
      // The click comes behind the `pointerup`, before any timer.
      for (const end of ['pointerup', 'pointercancel'])
        addEventListener(end, () => setTimeout(resolve), { once: true, capture: true });
    });
  },
  { capture: true },
);

class MqttWorkbench extends HTMLElement {
  #workbench: Promise<Workbench | undefined> | undefined;
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    if (this.#workbench) return;
    this.querySelector('[data-run]')?.addEventListener('click', this.#run);
    // The link has shared programs: the reader came for them.
    const share = `#shared=${this.getAttribute('exercise')}:`;
    if (location.hash.startsWith(share)) {
      this.scrollIntoView({ block: 'nearest' });
      void this.load();
      return;
    }
    this.#onTouch();
    void somebody.then(() => {
      if (this.#workbench || !this.isConnected) return;
      this.#observer = new IntersectionObserver(
        (entries) => entries.some((entry) => entry.isIntersecting) && void this.load(),
        { rootMargin: near },
      );
      this.#observer.observe(this);
    });
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    void this.#workbench?.then((workbench) => workbench?.dispose());
  }

  #onTouch(): void {
    for (const touch of touches) this.addEventListener(touch, this.load, { once: true });
  }

  /** Undefined if it could not be loaded: the page shows that, and the next touch tries again. */
  load = (): Promise<Workbench | undefined> => {
    this.#observer?.disconnect();
    for (const touch of touches) this.removeEventListener(touch, this.load);
    this.#workbench ??= this.#open();
    return this.#workbench;
  };

  async #open(): Promise<Workbench | undefined> {
    const language = this.lang.toLowerCase().startsWith('zh') ? 'zh-tw' : 'en';
    try {
      prefetchEditor(language);
      const [{ createWorkbench }, words] = await Promise.all([
        import('./workbench.ts'),
        commonWords(language),
        addStyles(stylesheet),
      ]);
      await pressed;
      return createWorkbench(this, language, words);
    } catch (error) {
      console.warn(error);
      this.#workbench = undefined;
      this.#setStatus('failed');
      this.#onTouch();
      return undefined;
    }
  }

  /** The page contains the texts. */
  #setStatus(word: 'opening' | 'failed'): void {
    const status = this.querySelector<HTMLElement>('[data-opening]');
    if (status) status.textContent = status.dataset[word] ?? '';
  }

  /** The Run that the page came with: the first press need not wait for anything to be there. */
  #run = async (event: Event): Promise<void> => {
    const button = event.currentTarget as HTMLElement;
    if (button.getAttribute('aria-busy') === 'true') return;
    button.setAttribute('aria-busy', 'true');
    this.#setStatus('opening');
    const workbench = await this.load();
    button.removeAttribute('aria-busy');
    if (!workbench) return;
    this.querySelector<HTMLElement>('.wb-run')?.focus();
    workbench.run();
  };
}

customElements.define('mqtt-workbench', MqttWorkbench);
