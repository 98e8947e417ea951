/**
 * `<mqtt-workbench>`: all that a reading page loads of the workbench. The rest comes when the
 * exercise is near, or is touched.
 */
import './frame.css';
import type { Workbench } from './workbench.ts';

/** How far below the screen an exercise is when it begins to load. */
const near = '600px';
const touches = ['pointerdown', 'focusin', 'keydown'] as const;

class MqttWorkbench extends HTMLElement {
  #workbench: Promise<Workbench> | undefined;
  #observer: IntersectionObserver | undefined;

  connectedCallback(): void {
    if (this.#workbench) return;
    // Somebody's programs came with the link: they are what the reader came for.
    const share = `#shared=${this.getAttribute('exercise')}:`;
    if (location.hash.startsWith(share)) {
      this.scrollIntoView({ block: 'nearest' });
      void this.load();
      return;
    }
    this.#observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && void this.load(),
      { rootMargin: near },
    );
    this.#observer.observe(this);
    for (const touch of touches) this.addEventListener(touch, this.load, { once: true });
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
    void this.#workbench?.then((workbench) => workbench.dispose());
  }

  load = (): Promise<Workbench> => {
    this.#observer?.disconnect();
    for (const touch of touches) this.removeEventListener(touch, this.load);
    this.#workbench ??= import('./workbench.ts').then(({ createWorkbench }) =>
      createWorkbench(this),
    );
    return this.#workbench;
  };
}

customElements.define('mqtt-workbench', MqttWorkbench);
