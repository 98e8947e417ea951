/**
 * `<keep-exercises>`: asks the service worker to keep what live exercises need, and shows how far it
 * is. Only the reader's press begins it. Hidden without a service worker.
 */
import type { LiveState, LiveWish } from './live-messages.ts';

const megabytes = (bytes: number) => Math.max(1, Math.round(bytes / 1_000_000));

class KeepExercises extends HTMLElement {
  connectedCallback(): void {
    for (const wish of ['keep', 'forget'] as const)
      this.#button(wish).addEventListener('click', () => void this.#ask(wish));
    if (import.meta.env.PROD && 'serviceWorker' in navigator) void this.#ask('state');
  }

  async #ask(wish: LiveWish): Promise<void> {
    const { active } = await navigator.serviceWorker.ready;
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }: MessageEvent<LiveState>) => this.#show(data);
    active?.postMessage({ live: wish }, [port2]);
    // The lessons belong to it, even if they are not kept by themselves here.
    if (wish === 'keep')
      active?.postMessage({ keep: document.documentElement.dataset['language'] });
  }

  #show(now: LiveState): void {
    this.hidden = false;
    this.dataset['state'] = now.state;
    const bar = this.querySelector('progress')!;
    bar.hidden = now.state !== 'keeping';
    if (now.state === 'keeping') bar.value = now.bytes / now.total;
    const words = (key: string) =>
      (this.dataset[key] ?? '').replace('{mb}', String(megabytes(now.total)));
    const isIdle = now.state !== 'keeping' && now.state !== 'kept';
    const keep = this.#button('keep');
    keep.hidden = !isIdle;
    keep.textContent = words(now.state === 'part' ? 'more' : 'keep');
    this.#button('forget').hidden = now.state !== 'kept' && now.state !== 'part';
    const status = this.querySelector('[role=status]')!;
    const said = words(now.state);
    // Said once, and not with each file.
    if (status.textContent !== said) status.textContent = said;
  }

  #button(wish: 'keep' | 'forget'): HTMLButtonElement {
    return this.querySelector<HTMLButtonElement>(`[data-wish=${wish}]`)!;
  }
}

customElements.define('keep-exercises', KeepExercises);
