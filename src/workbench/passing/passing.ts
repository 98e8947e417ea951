/** What a workbench says when its exercise is passed, and of the predictions before. No DOM. */
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { wordAreas } from '../i18n/word-areas.ts';
import { createWords, type Words } from '../i18n/words.ts';
import type { Model } from '../model/model.ts';
import { Emitter } from '../store/emitter.ts';
import type { TextStore } from '../store/drafts.ts';
import { judge, type Judged, type Judgement } from './judge.ts';
import { KeptOutcomes } from './kept-outcomes.ts';

export interface PassingDeps {
  /** `<lesson>/<exercise>`. */
  exercise: string;
  language: 'en' | 'zh-tw';
  model: Pick<Model, 'checks' | 'checkCount' | 'record' | 'on' | 'isActive'>;
  store: TextStore;
  load(exercise: string): Promise<Exercise | undefined>;
  /** When this exercise was passed before, in milliseconds since 1970. */
  passedBefore(): number | undefined;
}

/** Results overtake the entries that they are about. */
const settleMs = 200;
/** The trace has the end of a program a moment after the page. */
const endMs = 700;

const noExercise: Judged = {
  proof: () => {
    throw new Error('not loaded');
  },
};

export class Passing {
  judgement: Judgement | undefined;
  /** Undefined until they are fetched. */
  words: Words | undefined;
  /** Ids of the exercise’s predictions. */
  predictions: readonly string[] = [];
  readonly outcomes: KeptOutcomes;
  readonly #deps: PassingDeps;
  readonly #changes = new Emitter();
  #exercise: Exercise | undefined;
  #loading: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: PassingDeps) {
    this.#deps = deps;
    const { model } = deps;
    this.outcomes = new KeptOutcomes(deps.store, deps.exercise.split('/')[0]!);
    model.on('checks', () => {
      if (model.checks.length > 0) return this.#judgeAfter(settleMs);
      clearTimeout(this.#timer);
      this.judgement = undefined;
      this.#changes.emit();
    });
    model.on('session', () => {
      if (!model.isActive && model.checks.length > 0) this.#judgeAfter(endMs);
    });
    if (this.passedBefore !== undefined) void this.#load();
  }

  get isPassed(): boolean {
    const { passed, all } = this.#deps.model.checkCount;
    return all > 0 && passed === all;
  }
  /** All checks hold, and what that proves is known. */
  get isJudged(): boolean {
    return this.isPassed && this.judgement !== undefined;
  }
  /** Undefined if it was not, or as soon as another run has results. */
  get passedBefore(): number | undefined {
    return this.#deps.model.checks.length > 0 ? undefined : this.#deps.passedBefore();
  }
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
  dispose(): void {
    clearTimeout(this.#timer);
  }

  #judgeAfter(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#judge(), ms);
  }
  async #judge(): Promise<void> {
    const { record } = this.#deps.model;
    const { generation } = record;
    await this.#load();
    if (record.generation !== generation) return;
    // Without the exercise nothing is proved, and all is true nevertheless.
    this.judgement = judge(this.#exercise ?? noExercise, record.entries, this.isPassed);
    for (const [id, outcome] of Object.entries(this.judgement.outcomes)) {
      this.outcomes.save(id, outcome);
    }
    this.#changes.emit();
  }
  async #load(): Promise<void> {
    this.#loading ??= this.#fetch();
    try {
      await this.#loading;
    } catch {
      // A network that is away: the next result tries again. The checks say that all is true.
      this.#loading = undefined;
    }
  }
  async #fetch(): Promise<void> {
    const { exercise, language, load } = this.#deps;
    const [loaded, texts] = await Promise.all([load(exercise), wordAreas(language, ['passing'])]);
    this.#exercise = loaded;
    this.predictions = loaded?.predictions?.map(({ id }) => id) ?? [];
    this.words = createWords(texts);
    this.#changes.emit();
  }
}
