/**
 * What the teacher gives for the exercises of this page. The learner decides: take it, and the own work is put aside, or
 * keep the own. What was answered is not asked again on this device; it stays in the menu of the exercise.
 */
import { classTopics } from '../../../sandbox/protocol/class-topics.ts';
import { newest, readStarter, type Starter } from '../../../sandbox/protocol/starter.ts';
import { createWords, type Words } from '../../workbench/i18n/words.ts';
import { exerciseInPage } from '../../workbench/store/exercise-data.ts';
import type { ClassMessage } from '../class-line.ts';
import { answeredKey } from '../membership.ts';
import type { FromTeacher } from './from-teacher.ts';
import { offerView } from './offer-view.ts';

const files = import.meta.glob<Record<string, string>>('../../i18n/*/starter.json', {
  import: 'default',
});
const mostAnswered = 100;

/** Of `src/workbench/shell/given.ts`. */
interface MenuRequest {
  exercise: string;
  add(item: { label: string; detail: string; do(): void }): void;
}
type Workbench = HTMLElement & { load?(): Promise<unknown> };

export class PageStarters {
  readonly #shown: FromTeacher;
  readonly #workbenches = new Map<string, Workbench>();
  /** By who they are for and the exercise. */
  readonly #given = new Map<string, { starter: Starter; toAll: boolean }>();
  #t: Words | undefined;

  constructor(language: 'en' | 'zh-tw', shown: FromTeacher) {
    this.#shown = shown;
    for (const one of document.querySelectorAll<Workbench>('mqtt-workbench'))
      this.#workbenches.set(one.getAttribute('exercise') ?? '', one);
    document.addEventListener('retained:menu', (event) => {
      const { exercise, add } = (event as CustomEvent<MenuRequest>).detail;
      const { starter } = this.#of(exercise) ?? {};
      if (!starter || !this.#t) return;
      const [label, detail] = [this.#t('starter.menu'), this.#t('starter.menu.means')];
      add({ label, detail, do: () => void this.#take(starter) });
    });
    void files[`../../i18n/${language}/starter.json`]?.().then((strings) => {
      this.#t = createWords(strings);
      this.#draw();
    });
  }

  /** What the page asks of the class's broker: nothing of other exercises. */
  topics(member: string): string[] {
    return [...this.#workbenches.keys()].flatMap((exercise) => [
      classTopics.starter(exercise),
      classTopics.starter(exercise, member),
    ]);
  }

  /** An empty message takes it back; who has taken it keeps it. */
  said({ of, exercise = '', payload }: ClassMessage): void {
    const key = `${of} ${exercise}`;
    const starter = this.#fitting(exercise, readStarter(payload));
    if (starter) this.#given.set(key, { starter, toAll: of === 'all' });
    else this.#given.delete(key);
    this.#draw();
  }

  /** Only programs that the exercise has; undefined if nothing is left. */
  #fitting(exercise: string, starter: Starter | undefined): Starter | undefined {
    const workbench = this.#workbenches.get(exercise);
    if (!workbench || starter?.exercise !== exercise) return undefined;
    const own = exerciseInPage(workbench).devices.map(({ name }) => name);
    const fit = starter.given.files.filter(({ name }) => own.includes(name));
    if (fit.length + starter.given.broker.length === 0) return undefined;
    return { ...starter, given: { ...starter.given, files: fit } };
  }

  #of(exercise: string): { starter: Starter; toAll: boolean } | undefined {
    const all = [...this.#given.values()].filter(({ starter }) => starter.exercise === exercise);
    const last = newest(all.map(({ starter }) => starter));
    return all.find(({ starter }) => starter === last);
  }

  #draw(): void {
    const t = this.#t;
    if (!t) return;
    for (const exercise of this.#workbenches.keys()) {
      const given = this.#of(exercise);
      const isOpen = given && !answered().includes(given.starter.id);
      const view = isOpen
        ? offerView(given.starter, {
            ...{ t, toAll: given.toAll, title: this.#title(exercise) },
            take: () => void this.#take(given.starter),
            keep: () => this.#answer(given.starter),
          })
        : null;
      this.#shown.card(`starter ${exercise}`, view);
    }
  }

  /** Of several exercises of a lesson; null if there is one. */
  #title(exercise: string): string | null {
    if (this.#workbenches.size < 2) return null;
    const name = exercise.split('/')[1] ?? '';
    const link = document.querySelector(`.exercise-tabs a[href="#exercise-${CSS.escape(name)}"]`);
    return link?.textContent?.trim() || null;
  }

  async #take(starter: Starter): Promise<void> {
    const workbench = this.#workbenches.get(starter.exercise)!;
    if (this.#workbenches.size > 1) location.hash = `#exercise-${starter.exercise.split('/')[1]}`;
    // Its programs are written where the workbench finds them: it has to be there.
    await workbench.load?.();
    const { files: programs, broker } = starter.given;
    const given = {
      files: programs,
      ...(broker.length > 0 && {
        broker: Object.fromEntries(broker.map(({ name, text }) => [name, text])),
      }),
    };
    const done = (isShown: boolean): void => {
      if (isShown) this.#answer(starter);
    };
    workbench.dispatchEvent(new CustomEvent('retained:give', { detail: { given, done } }));
    // The button that was pressed is gone.
    workbench.scrollIntoView({ block: 'nearest' });
    workbench.querySelector<HTMLElement>('.wb-run')?.focus({ preventScroll: true });
  }

  #answer({ id }: Starter): void {
    remember(id);
    this.#draw();
  }
}

/** In this page too if the browser keeps nothing. */
let known: string[] | undefined;
function answered(): string[] {
  try {
    return (localStorage.getItem(answeredKey) ?? '').split(' ').concat(known ?? []);
  } catch {
    return known ?? [];
  }
}
function remember(id: string): void {
  known = [...(known ?? []), id];
  try {
    localStorage.setItem(answeredKey, [...answered(), id].slice(-mostAnswered).join(' ').trim());
  } catch {
    // It is asked again on the next page.
  }
}
