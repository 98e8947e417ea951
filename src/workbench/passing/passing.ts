/** What a workbench says when its exercise is passed, and of the predictions before. No DOM. */
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
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
  readonly #stops: readonly (() => void)[];
  /** Number of the newest entry that was looked at. */
  #readUntil = 0;
  #exercise: Exercise | undefined;
  #loading: Promise<void> | undefined;

  constructor(deps: PassingDeps) {
    this.#deps = deps;
    const { model } = deps;
    this.outcomes = new KeptOutcomes(deps.store, deps.exercise.split('/')[0]!);
    // What was judged before is not about these results.
    model.on('checks', () => {
      this.judgement = undefined;
      this.#changes.emit();
    });
    model.on('checked', () => void this.#judge());
    this.#stops = [
      model.record.subscribe(() => this.#read()),
      model.record.onBegin(() => (this.#readUntil = 0)),
    ];
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
  /** The packet of this run that decided the prediction; undefined if the record does not have it. */
  packetOf(prediction: string): number | undefined {
    const n = this.judgement?.outcomes[prediction]?.entry;
    const { entries } = this.#deps.model.record;
    return entries.some((entry) => entry.n === n && entry.type === 'packet') ? n : undefined;
  }
  subscribe(listener: () => void): () => void {
    return this.#changes.subscribe(listener);
  }
  dispose(): void {
    for (const stop of this.#stops) stop();
  }

  /** Predictions are about more than the checks: an end may decide one, and what comes after the run. */
  #read(): void {
    const { record, isActive } = this.#deps.model;
    const added = newer(record.entries, this.#readUntil);
    this.#readUntil = record.entries.at(-1)?.n ?? 0;
    if (!this.judgement || added.length === 0) return;
    if (added.some(isEnd) || (!isActive && this.#isUndecided)) void this.#judge();
  }
  get #isUndecided(): boolean {
    return this.predictions.some((id) => !this.judgement?.outcomes[id]);
  }
  async #judge(): Promise<void> {
    const { model } = this.#deps;
    const { record, checks } = model;
    await this.#load();
    // Other results, or another run: they have a judgement of their own.
    if (model.checks !== checks) return;
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

/** Those after entry `n`. */
function newer(entries: readonly TraceEntry[], n: number): readonly TraceEntry[] {
  const first = entries.findLastIndex((entry) => entry.n <= n);
  return entries.slice(first + 1);
}
/** The end of a program, or of a connection. */
const isEnd = (entry: TraceEntry): boolean =>
  entry.type === 'line-closed' || (entry.type === 'device' && entry.state !== 'running');
