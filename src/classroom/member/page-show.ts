/**
 * The teacher shows their own run: it opens over the learner's page by itself, and the learner may leave it. The page
 * below stays as it is, and what runs in it goes on.
 */
import { readShown, showSeconds, type Shown } from '../../../sandbox/protocol/class-show.ts';
import { createWords, type Words } from '../../workbench/i18n/words.ts';
import { html } from '../../workbench/ui/view.ts';
import { leaveMessage } from '../show/framed.ts';
import { readShowing } from '../show/showing.ts';
import type { FromTeacher } from './from-teacher.ts';

const files = import.meta.glob<Record<string, string>>('../../i18n/*/show.json', {
  import: 'default',
});
/** The show that was left, over the pages of a lesson. */
const leftKey = 'retained:show-left';

export class PageShow {
  readonly #language: 'en' | 'zh-tw';
  readonly #shown: FromTeacher;
  #t: Words | undefined;
  #show: Shown | undefined;
  #dialog: HTMLDialogElement | undefined;
  #end: ReturnType<typeof setTimeout> | undefined;
  #before: Element | null = null;

  constructor(language: 'en' | 'zh-tw', shown: FromTeacher) {
    this.#language = language;
    this.#shown = shown;
    addEventListener('message', ({ origin, source, data }: MessageEvent<unknown>) => {
      const isOurs = origin === location.origin && source === this.#frame?.contentWindow;
      if (isOurs && data === leaveMessage) this.#dialog?.close();
    });
    // It opens in the page that the learner looks at.
    document.addEventListener('visibilitychange', () => this.#draw());
    void files[`../../i18n/${language}/show.json`]?.().then((strings) => {
      this.#t = createWords(strings);
      this.#draw();
    });
  }

  get #frame(): HTMLIFrameElement | null {
    return this.#dialog?.querySelector('iframe') ?? null;
  }

  /** An empty message ends it; so does silence. */
  said(payload: Uint8Array): void {
    clearTimeout(this.#end);
    this.#show = readShown(payload);
    if (this.#show) this.#end = setTimeout(() => this.said(new Uint8Array()), showSeconds * 1_000);
    this.#draw();
  }

  #draw(): void {
    const t = this.#t;
    const show = this.#show;
    if (!t) return;
    // A teacher who has joined the own class does not watch in the page that shows.
    if (!show || readShowing()?.id === show.id) {
      this.#shown.card('show', null);
      return this.#close();
    }
    if (!this.#dialog && !document.hidden && left() !== show.id) this.#open(t);
    const view = html`<div>
      <p>${t('show.card')}</p>
      <p class="actions">
        <button type="button" class="take" @click=${() => this.#open(t)}>${t('show.watch')}</button>
      </p>
    </div>`;
    this.#shown.card('show', this.#dialog ? null : view);
  }

  #open(t: Words): void {
    if (this.#dialog) return;
    const dialog = document.createElement('dialog');
    dialog.className = 'page-show';
    dialog.setAttribute('aria-label', t('show.title'));
    const frame = document.createElement('iframe');
    frame.src = `${import.meta.env.BASE_URL}${this.#language}/class-show/`;
    frame.title = t('show.title');
    dialog.append(frame);
    // A second dialog above an open one of the page would close under it.
    this.#before = document.activeElement;
    dialog.addEventListener('close', () => this.#left(dialog));
    this.#dialog = dialog;
    document.body.append(dialog);
    dialog.showModal();
    frame.focus();
    this.#draw();
  }

  /** By the learner, or because it is over. */
  #left(dialog: HTMLDialogElement): void {
    if (this.#dialog !== dialog) return;
    if (this.#show) remember(this.#show.id);
    this.#close();
    this.#draw();
  }

  #close(): void {
    const dialog = this.#dialog;
    if (!dialog) return;
    this.#dialog = undefined;
    // Its connection ends with it.
    dialog.close();
    dialog.remove();
    if (this.#before instanceof HTMLElement) this.#before.focus({ preventScroll: true });
  }
}

function left(): string | null {
  try {
    return sessionStorage.getItem(leftKey);
  } catch {
    return null;
  }
}
function remember(id: string): void {
  try {
    sessionStorage.setItem(leftKey, id);
  } catch {
    // It opens once more on the next page.
  }
}
