/**
 * What the teacher says to a learner, above the exercise: notes, a call to an exercise, a pause; and that they
 * look.
 */
import type { Bring, Note } from '../../../sandbox/protocol/class-topics.ts';
import { createWords, type Words } from '../../workbench/i18n/words.ts';
import { html, nothing, render, type TemplateResult } from '../../workbench/ui/view.ts';
import { hold } from './hold.ts';
import { titleOf } from './lesson-title.ts';

const files = import.meta.glob<Record<string, string>>('../../i18n/*/lead.json', {
  import: 'default',
});
/** Ids of what was closed, over the pages of a lesson. */
const closedKey = 'retained:lead-closed';
const mostClosed = 50;
/** Notes at once; an older one gives way. */
const mostNotes = 3;

interface Model {
  notes: { id: string; text: string; toAll: boolean }[];
  call: { id: string; title: string; address: string } | null;
  /** When programs go on, by `performance.now()`. */
  frozenUntil: number | null;
  /** Since when the teacher looks, in milliseconds since 1970. */
  lookedSince: number | null;
}

export class FromTeacher {
  readonly #language: 'en' | 'zh-tw';
  readonly #element = document.createElement('section');
  readonly #model: Model = { notes: [], call: null, frozenUntil: null, lookedSince: null };
  /** Cards of others, by their names. */
  readonly #cards = new Map<string, TemplateResult>();
  #t: Words = createWords();
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(language: 'en' | 'zh-tw') {
    this.#language = language;
    this.#element.className = 'from-teacher';
    // Before anything is in it: screen readers read what comes later.
    this.#element.setAttribute('role', 'status');
    document.body.append(this.#element);
    void files[`../../i18n/${language}/lead.json`]?.().then((strings) => {
      this.#t = createWords(strings);
      this.#element.setAttribute('aria-label', this.#t('lead.from'));
      this.#draw();
    });
  }

  note({ id, text }: Note, toAll: boolean): void {
    if (wasClosed(id) || text.trim() === '' || this.#model.notes.some((one) => one.id === id)) return; // prettier-ignore
    this.#model.notes = [...this.#model.notes, { id, text, toAll }].slice(-mostNotes);
    this.#draw();
  }

  /** Offers to go there: what was typed stays, in this page and in the store. */
  async bring({ id, exercise }: Bring): Promise<void> {
    const selector = `mqtt-workbench[exercise="${CSS.escape(exercise)}"]`;
    const isAlone = document.querySelectorAll('mqtt-workbench').length === 1;
    if (wasClosed(id) || (isAlone && document.querySelector(selector))) return;
    const [lesson = '', name = ''] = exercise.split('/');
    const base = `${import.meta.env.BASE_URL}${this.#language}/${lesson}/`;
    const title = await titleOf(base);
    // The course has no such lesson: an older page, or nonsense.
    if (title === null) return;
    this.#model.call = { id, title, address: `${base}#exercise-${name}` };
    this.#draw();
  }

  /** @param seconds 0: programs go on */
  freeze(seconds: number): void {
    clearInterval(this.#timer);
    const isFrozen = seconds > 0;
    this.#model.frozenUntil = isFrozen ? performance.now() + seconds * 1_000 : null;
    if (isFrozen) {
      document.dispatchEvent(new CustomEvent('retained:freeze'));
      this.#timer = setInterval(() => this.#tick(), 1_000);
    }
    for (const workbench of document.querySelectorAll<HTMLElement>('mqtt-workbench'))
      hold(workbench, 'freeze', isFrozen);
    this.#draw();
  }

  /** @param since milliseconds since 1970; null: nobody looks */
  looked(since: number | null): void {
    this.#model.lookedSince = since;
    this.#draw();
  }

  /** Null: there is none. */
  card(name: string, view: TemplateResult | null): void {
    if (view) this.#cards.set(name, view);
    else this.#cards.delete(name);
    this.#draw();
  }

  #tick(): void {
    if ((this.#model.frozenUntil ?? 0) <= performance.now()) this.freeze(0);
    else this.#draw();
  }

  #close(id: string): void {
    remember(id);
    this.#model.notes = this.#model.notes.filter((one) => one.id !== id);
    if (this.#model.call?.id === id) this.#model.call = null;
    this.#draw();
  }

  #draw(): void {
    const { notes, call, frozenUntil, lookedSince } = this.#model;
    const t = this.#t;
    const close = (id: string): TemplateResult =>
      html`<button type="button" @click=${() => this.#close(id)}>${t('lead.close')}</button>`;
    const left = Math.max(0, Math.ceil(((frozenUntil ?? 0) - performance.now()) / 1_000));
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    const time = new Intl.DateTimeFormat(this.#language, { timeStyle: 'short' });
    render(
      html`${
        lookedSince === null
          ? nothing
          : html`<p class="looked">${t('lead.looked', { time: time.format(lookedSince) })}</p>`
      }
      ${
        frozenUntil === null
          ? nothing
          : html`<div class="freeze">
              <p><strong>${t('lead.frozen')}</strong></p>
              <p aria-hidden="true">${t('lead.frozen.left', { clock })}</p>
            </div>`
      }
      ${
        call
          ? html`<div>
              <p>${t('lead.call')} <strong>${call.title}</strong></p>
              <p class="actions">
                <a href=${call.address} @click=${() => this.#close(call.id)}
                  >${t('lead.call.go')}</a
                >
                ${close(call.id)}
              </p>
            </div>`
          : nothing
      }
      ${[...this.#cards.values()]}
      ${notes.map(
        ({ id, text, toAll }) =>
          html`<div>
            <p class="from">${t(toAll ? 'lead.note.all' : 'lead.note.you')}</p>
            <p class="note" dir="auto">${text}</p>
            <p class="actions">${close(id)}</p>
          </div>`,
      )}`,
      this.#element,
    );
  }
}

function closed(): string[] {
  try {
    return (sessionStorage.getItem(closedKey) ?? '').split(' ');
  } catch {
    return [];
  }
}
const wasClosed = (id: string): boolean => closed().includes(id);

function remember(id: string): void {
  try {
    sessionStorage.setItem(closedKey, [...closed(), id].slice(-mostClosed).join(' '));
  } catch {
    // It is shown again on the next page.
  }
}
