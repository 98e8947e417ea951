/** At the foot of a teacher's lesson page, while it shows its run to the class. */
import type { ShowStatus } from '../../../sandbox/protocol/class-show.ts';
import type { Words } from '../../workbench/i18n/words.ts';
import { writeClipboard } from '../../workbench/ui/clipboard.ts';
import { html, nothing, render } from '../../workbench/ui/view.ts';

export interface ShowBarOptions {
  language: 'en' | 'zh-tw';
  t: Words;
  pause(isPaused: boolean): void;
  end(): void;
}

export class ShowBar {
  readonly #options: ShowBarOptions;
  readonly #element = document.createElement('section');
  #status: ShowStatus | null = null;
  #needs: string | null = 'room';
  #copied: 'yes' | 'no' | null = null;

  constructor(options: ShowBarOptions) {
    this.#options = options;
    this.#element.className = 'show-bar';
    this.#element.setAttribute('aria-label', options.t('show.bar'));
    document.body.append(this.#element);
    this.#draw();
  }

  changed(status: ShowStatus | null, needs: string | null): void {
    if (JSON.stringify(status) === JSON.stringify(this.#status) && needs === this.#needs) return;
    this.#status = status;
    this.#needs = needs;
    this.#draw();
  }

  /** Whoever has it may watch this show, and nothing else. */
  get #link(): string {
    const base = `${import.meta.env.BASE_URL}${this.#options.language}/class-show/`;
    return new URL(`${base}#projector=${this.#status?.projector ?? ''}`, location.href).href;
  }

  async #copy(): Promise<void> {
    this.#copied = (await writeClipboard(this.#link)) ? 'yes' : 'no';
    this.#draw();
    if (this.#copied === 'no') this.#element.querySelector('input')?.select();
  }

  #draw(): void {
    const { t, pause, end } = this.#options;
    const status = this.#status;
    const isPaused = status?.isPaused ?? false;
    const word = status ? (isPaused ? 'paused' : 'on') : `needs.${this.#needs ?? 'connection'}`;
    render(
      html`<p role="status" data-status=${word}>
          <strong>${t(`show.bar.${word}`)}</strong>
          ${status ? html`<span>${t('show.viewers', { n: status.viewers })}</span>` : nothing}
        </p>
        <p class="actions">
          ${
            status
              ? html`<button type="button" @click=${() => pause(!isPaused)}>
                    ${t(isPaused ? 'show.resume' : 'show.pause')}
                  </button>
                  <button type="button" @click=${() => void this.#copy()}>
                    ${t('show.projector')}
                  </button>`
              : nothing
          }
          <button type="button" @click=${end}>${t('show.end')}</button>
        </p>
        <p role="status" class="soft">
          ${this.#copied === null ? nothing : t(`show.projector.${this.#copied}`)}
        </p>
        ${
          this.#copied === 'no'
            ? html`<input readonly aria-label=${t('show.projector')} .value=${this.#link} />`
            : nothing
        }`,
      this.#element,
    );
  }

  remove(): void {
    this.#element.remove();
  }
}
