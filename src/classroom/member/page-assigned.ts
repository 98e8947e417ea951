/**
 * What is assigned, in a lesson's page: the list above the lesson; an exercise that is not open yet can't be used; in a
 * test there are no hints and no solution. What the class's broker said last is there at once on the next page.
 */
import {
  assignedNow,
  readOpenedAssignment,
  type OpenedAssignment,
} from '../../../sandbox/protocol/assignment.ts';
import { exerciseNow } from '../../../sandbox/protocol/progress.ts';
import { formerIds, onProgress, loadProgress } from '../../progress/store.ts';
import { createWords, type Words } from '../../workbench/i18n/words.ts';
import { render } from '../../workbench/ui/view.ts';
import { assignedItems, exerciseTitles } from '../assigned/assigned-list.ts';
import { assignedView, timeText } from '../assigned/assigned-view.ts';
import { assignmentKey } from '../membership.ts';
import { hold } from './hold.ts';

const files = import.meta.glob<Record<string, string>>('../../i18n/*/assign.json', {
  import: 'default',
});

export class PageAssigned {
  readonly #language: 'en' | 'zh-tw';
  readonly #course: string;
  readonly #element = document.createElement('section');
  readonly #notes = new Map<HTMLElement, HTMLElement>();
  #given: OpenedAssignment | undefined;
  /** The class's broker has said so; else it is what was said before this page. */
  #isLive = false;
  #titles: Record<string, string> = {};
  #t: Words | undefined;
  #isLoading = false;

  constructor(language: 'en' | 'zh-tw') {
    this.#language = language;
    this.#course = `${import.meta.env.BASE_URL}${language}/`;
    this.#element.className = 'assigned';
    const before = read();
    if (before !== '') this.#show(before);
    onProgress(() => this.#draw());
  }

  /** An empty message: nothing is assigned. */
  said(payload: Uint8Array): void {
    this.#isLive = true;
    const text = new TextDecoder().decode(payload);
    write(text);
    this.#show(text);
  }

  #show(text: string): void {
    const given = readOpenedAssignment(text);
    const ids = formerIds();
    this.#given = given && assignedNow(given, (id) => exerciseNow(id, ids));
    this.#mark();
    if (this.#given && !this.#isLoading) void this.#load();
    this.#draw();
  }

  async #load(): Promise<void> {
    this.#isLoading = true;
    const [strings = {}, titles] = await Promise.all([
      files[`../../i18n/${this.#language}/assign.json`]?.(),
      exerciseTitles(this.#course),
    ]);
    this.#t = createWords(strings);
    this.#titles = titles;
    // Without a network: with the next message it is tried again.
    this.#isLoading = Object.keys(titles).length > 0;
    this.#element.setAttribute('aria-label', this.#t('assign.yours'));
    this.#mark();
    this.#draw();
  }

  /** The exercises of this page: what is a test, and what is not open. */
  #mark(): void {
    const { exercises = [], isTest = false } = this.#given ?? {};
    for (const workbench of document.querySelectorAll<HTMLElement>('mqtt-workbench')) {
      const id = workbench.getAttribute('exercise');
      const one = exercises.find(({ exercise }) => exercise === id);
      workbench.toggleAttribute('data-test', isTest && one !== undefined);
      const isClosed = this.#isLive && one?.isOpen === false;
      hold(workbench, 'closed', isClosed);
      const time = isClosed && one ? timeText(one.from ?? 0, this.#language) : null;
      workbench.toggleAttribute('data-closed', isClosed);
      this.#note(workbench, time);
    }
    document.dispatchEvent(new CustomEvent('retained:test'));
  }

  #note(workbench: HTMLElement, opens: string | null): void {
    let note = this.#notes.get(workbench);
    const words = this.#t && opens !== null ? this.#t('assign.closed', { time: opens }) : '';
    if (!note) {
      if (words === '') return;
      note = document.createElement('p');
      note.className = 'assigned-note';
      note.setAttribute('role', 'note');
      workbench.before(note);
      this.#notes.set(workbench, note);
    }
    note.textContent = words;
    note.hidden = words === '';
  }

  #draw(): void {
    const items = this.#given
      ? assignedItems(this.#given, { progress: loadProgress(), titles: this.#titles })
      : [];
    if (items.length === 0 || !this.#t) return this.#element.remove();
    const context = { course: this.#course, language: this.#language, t: this.#t };
    render(assignedView(items, this.#given!.isTest, context), this.#element);
    if (!this.#element.isConnected)
      (document.querySelector('article') ?? document.querySelector('main'))?.prepend(this.#element);
  }
}

function read(): string {
  try {
    return localStorage.getItem(assignmentKey) ?? '';
  } catch {
    return '';
  }
}

function write(text: string): void {
  try {
    if (text === '') localStorage.removeItem(assignmentKey);
    else localStorage.setItem(assignmentKey, text);
  } catch {
    // The next page has it from the broker.
  }
}
