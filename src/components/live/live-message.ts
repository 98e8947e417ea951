/**
 * `<live-message>`: the part that the home page loads before a message is sent. The rest is loaded
 * on the click.
 */
import type { LiveRow } from './rows.ts';

class LiveMessage extends HTMLElement {
  #busy = false;

  connectedCallback(): void {
    const form = this.querySelector('form');
    form?.addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#send();
    });
    // The pointer is down: loads what the click needs.
    form?.addEventListener('focusin', this.#warm, { once: true });
    form?.addEventListener('pointerenter', this.#warm, { once: true });
  }

  #warm = (): void => void this.#parts().catch(() => {});
  #parts = () => Promise.all([import('./rooms.ts'), import('./rows.ts')]);

  async #send(): Promise<void> {
    const input = this.querySelector('input')!;
    const payload = input.value.trim() || input.placeholder;
    if (this.#busy) return;
    this.#busy = true;
    const list = this.querySelector('ol')!;
    this.#setStatus('sending');
    try {
      const [{ sendAnywhere }, { Rows, hex }] = await this.#parts();
      list.replaceChildren();
      const rows = new Rows();
      let count = 0;
      let bytes = 0;
      const { moved } = await sendAnywhere(payload, (entries) => {
        for (const row of rows.of(entries)) {
          list.append(this.#row(row, hex(row.bytes, 48), ++count));
          bytes += row.bytes.length;
        }
      });
      this.dataset['sent'] = '';
      this.#setStatus(moved ? 'moved' : 'done', { payload, n: count, bytes });
    } catch {
      this.#setStatus('failed');
    }
    this.#busy = false;
  }

  /** As a step of <Exchange>, with the packet's bytes below it. */
  #row({ kind, detail, hop, from, to }: LiveRow, bytes: string, n: number): HTMLElement {
    const one = this.querySelector('template')!.content.cloneNode(true) as DocumentFragment;
    const row = one.querySelector('li')!;
    const order = ['publisher', 'broker', 'subscriber'];
    row.dataset['hop'] = String(hop);
    row.dataset['role'] = from;
    row.toggleAttribute('data-back', order.indexOf(to) < order.indexOf(from));
    const words = this.dataset;
    row.querySelector('[data-words]')!.textContent =
      `${n}. ${words[from]} → ${words[to]}: ${kind} ${detail}`;
    row.querySelector('b')!.textContent = kind;
    row.querySelector('[data-detail]')!.textContent = detail;
    row.querySelector('[data-bytes]')!.textContent = bytes;
    return row;
  }

  #setStatus(
    word: 'sending' | 'done' | 'moved' | 'failed',
    values: Record<string, string | number> = {},
  ): void {
    const text = (this.dataset[word] ?? '').replace(
      /\{(\w+)\}/g,
      (_, name: string) => `${values[name]}`,
    );
    this.querySelector('[role=status]')!.textContent = text;
    const button = this.querySelector('button')!;
    button.setAttribute('aria-busy', String(word === 'sending'));
    const label = {
      sending: undefined,
      done: this.dataset['again'],
      moved: this.dataset['again'],
      failed: this.dataset['retry'],
    }[word];
    if (label) button.textContent = label;
  }
}

customElements.define('live-message', LiveMessage);
