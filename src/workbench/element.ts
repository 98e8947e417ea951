/**
 * `<mqtt-workbench>`: all that a reading page loads of the workbench. The rest comes when the
 * exercise is near and somebody is there, or when it is touched.
 */
import './frame.css';
import stylesheet from './styles.css?url';
import type { Workbench } from './workbench.ts';

/** How far below the screen an exercise is when it begins to load. */
const near = '600px';
const touches = ['pointerdown', 'focusin', 'keydown'] as const;

/**
 * Resolves with the first sign of a reader. A page that was opened in a tab of its own, or is only
 * fetched, needs no editor; whoever reads, moves something.
 */
const somebody = new Promise<unknown>((resolve) => {
  for (const sign of ['pointermove', 'touchstart', 'scroll', ...touches])
    addEventListener(sign, resolve, { once: true, passive: true, capture: true });
});

let styled: Promise<unknown> | undefined;

/** Resolves when the workbench’s styles are there. Without them it works, too. */
function styles(): Promise<unknown> {
  styled ??= new Promise((resolve) => {
    const link = document.createElement('link');
    Object.assign(link, { rel: 'stylesheet', href: stylesheet, onload: resolve, onerror: resolve });
    document.head.append(link);
  });
  return styled;
}

class MqttWorkbench extends HTMLElement {
  #workbench: Promise<Workbench> | undefined;
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    if (this.#workbench) return;
    this.querySelector('[data-run]')?.addEventListener('click', this.#run, { once: true });
    // Somebody's programs came with the link: they are what the reader came for.
    const share = `#shared=${this.getAttribute('exercise')}:`;
    if (location.hash.startsWith(share)) {
      this.scrollIntoView({ block: 'nearest' });
      void this.load();
      return;
    }
    for (const touch of touches) this.addEventListener(touch, this.load, { once: true });
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
    void this.#workbench?.then((workbench) => workbench.dispose());
  }

  load = (): Promise<Workbench> => {
    this.#observer?.disconnect();
    for (const touch of touches) this.removeEventListener(touch, this.load);
    this.#workbench ??= Promise.all([import('./workbench.ts'), styles()]).then(
      ([{ createWorkbench }]) => createWorkbench(this),
    );
    return this.#workbench;
  };

  /** The Run that the page came with: the first press need not wait for anything to be there. */
  #run = async (event: Event): Promise<void> => {
    (event.currentTarget as HTMLElement).setAttribute('aria-busy', 'true');
    const workbench = await this.load();
    this.querySelector<HTMLElement>('.wb-run')?.focus();
    workbench.run();
  };
}

customElements.define('mqtt-workbench', MqttWorkbench);
