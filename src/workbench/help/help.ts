/** The help that a learner gets who has failed at the same check again: the shape, the solution, a text to copy. */
import type { CheckResult } from '../../../sandbox/protocol/exercise.ts';
import { wordAreas } from '../i18n/word-areas.ts';
import { createWords, type Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import type { EditedPrograms } from '../run/programs.ts';
import { Emitter } from '../store/emitter.ts';
import { FailedRuns } from './failed-runs.ts';
import { loadShape } from './load-shape.ts';

export interface HelpDeps {
  /** `<lesson>/<exercise>`. */
  exercise: string;
  language: 'en' | 'zh-tw';
  data: { devices: readonly unknown[] };
  model: Pick<Model, 'checks' | 'checkCount' | 'isActive' | 'roomPlace' | 'on'>;
  programs: Pick<EditedPrograms, 'files'>;
}

/** A check has its hint a moment after the end of a program. */
const settleMs = 700;

export class Help {
  /** Undefined until they are fetched. */
  words: Words | undefined;
  /** Three to eight lines of another program; undefined if the exercise wants no code. */
  shape: string | undefined;
  isShapeShown = false;
  #texts: Record<string, string> = {};
  readonly #deps: HelpDeps;
  readonly #runs = new FailedRuns();
  readonly #changes = new Emitter();
  #loading: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #wasActive = false;
  #hint = '';

  constructor(deps: HelpDeps) {
    this.#deps = deps;
    const { model } = deps;
    model.on('session', () => {
      const hasEnded = this.#wasActive && !model.isActive;
      this.#wasActive = model.isActive;
      // The next one begins: its reset takes the results away.
      if (model.isActive && this.#timer !== undefined) this.#ended();
      if (hasEnded) this.#timer = setTimeout(() => this.#ended(), settleMs);
    });
    model.on('checks', () => {
      const { passed, all } = model.checkCount;
      if (all > 0 && passed === all) this.#runs.ended(model.checks);
      else if (deps.data.devices.length === 0) this.#tried(model.checks);
      this.#changes.emit();
    });
  }

  get isOffered(): boolean {
    const { passed, all } = this.#deps.model.checkCount;
    return this.#runs.needsHelp && passed < all && this.words !== undefined;
  }
  /** @param strings the workbench's own */
  wordsWith(strings: Record<string, string>): Words {
    return createWords(strings, this.#texts);
  }
  showShape(shown: boolean): void {
    this.isShapeShown = shown;
    this.#changes.emit();
  }
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
  /** Fetches the words and the shape. */
  async load(): Promise<void> {
    this.#loading ??= this.#fetch();
    try {
      await this.#loading;
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }
  dispose(): void {
    clearTimeout(this.#timer);
  }

  /** Without programs nothing ends: each new hint is a try that failed. */
  #tried(results: readonly CheckResult[]): void {
    const hint = JSON.stringify(results.find(({ state }) => state === 'not-yet')?.hint ?? null);
    if (hint !== this.#hint && hint !== 'null') this.#ended();
    this.#hint = hint;
  }
  #ended(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#runs.ended(this.#deps.model.checks);
    this.#tellPage();
    this.load().catch(() => {});
    this.#changes.emit();
  }
  /** `retained:failed` on the document: the server's checks have said which mistake it was. */
  #tellPage(): void {
    const { exercise, model, programs } = this.#deps;
    const { passed, all } = model.checkCount;
    if (passed < all && model.roomPlace === 'server')
      document.dispatchEvent(
        new CustomEvent('retained:failed', { detail: { exercise, files: programs.files } }),
      );
  }
  async #fetch(): Promise<void> {
    const { exercise, language } = this.#deps;
    const [texts, shape] = await Promise.all([
      wordAreas(language, ['help', 'wire', 'files']),
      loadShape(exercise),
    ]);
    this.#texts = texts;
    this.words = createWords(texts);
    this.shape = shape;
    this.#changes.emit();
  }
}
