import type { ScormApi } from './find-api.ts';
import { passedOf, suspendData } from './suspend-data.ts';

/** Statuses that a visit never takes back. */
const FINAL = ['completed', 'passed', 'failed'];
/** The platform has no such element, which it may: score.min, score.max and objectives are optional. */
const NOT_IMPLEMENTED = '401';

export interface SessionOptions {
  /** `<lesson>/<exercise>` of all that count, in order. */
  exercises: readonly string[];
  /** Former ids of lessons and exercises → present ones. */
  renamed?: Readonly<Record<string, string>>;
  /** Milliseconds. */
  now(): number;
  /** A call failed: its name and the platform's error code. */
  onTrouble(call: string, code: string): void;
}

const isTrue = (answer: unknown) => String(answer) === 'true';

/** A platform's own mistake must not end the lesson: undefined if the call throws. */
function ask(call: () => unknown): unknown {
  try {
    return call();
  } catch (error) {
    console.warn(error);
    return undefined;
  }
}
/** As `ask`; empty if there is nothing. */
const textOf = (call: () => unknown): string => String(ask(call) ?? '');

/** One visit: from `LMSInitialize` to `LMSFinish`, with what was done in earlier ones. */
export class Session {
  readonly passed: Set<string>;
  /** The platform's id of the learner; empty if it names none. */
  readonly learner: string;
  /** The lesson of the last visit; empty at the first one. */
  readonly location: string;
  readonly #api: ScormApi;
  readonly #options: SessionOptions;
  readonly #began: number;
  /** A teacher looks at an attempt: nothing is to be changed. */
  readonly #isReview: boolean;
  #isOver = false;

  /** Undefined if the platform refuses; `onTrouble` has its code then. */
  static open(api: ScormApi, options: SessionOptions): Session | undefined {
    if (isTrue(ask(() => api.LMSInitialize('')))) return new Session(api, options);
    options.onTrouble(
      'LMSInitialize',
      textOf(() => api.LMSGetLastError()),
    );
    return undefined;
  }

  private constructor(api: ScormApi, options: SessionOptions) {
    this.#api = api;
    this.#options = options;
    this.#began = options.now();
    this.learner = this.#get('cmi.core.student_id');
    this.location = this.#get('cmi.core.lesson_location');
    this.passed = new Set(
      passedOf(this.#get('cmi.suspend_data'), options.exercises, options.renamed),
    );
    this.#isReview = ['review', 'browse'].includes(this.#get('cmi.core.lesson_mode'));
    if (this.#isReview) return;
    this.#report();
    this.#commit();
  }

  /** All checks of an exercise have become true. */
  pass(exercise: string): void {
    if (this.passed.has(exercise) || !this.#options.exercises.includes(exercise)) return;
    this.passed.add(exercise);
    if (this.#isReview || this.#isOver) return;
    this.#report();
    this.#commit();
  }

  /** The learner reads this lesson. */
  at(lesson: string): void {
    if (this.#isReview || this.#isOver) return;
    this.#set('cmi.core.lesson_location', lesson);
    this.#commit();
  }

  finish(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (!this.#isReview) {
      this.#set('cmi.core.session_time', timespan(this.#options.now() - this.#began));
      // What is passed comes back at the next visit, also after the last exercise.
      this.#set('cmi.core.exit', 'suspend');
      this.#commit();
    }
    this.#check('LMSFinish', () => this.#api.LMSFinish(''));
  }

  #report(): void {
    const { exercises } = this.#options;
    const done = exercises.filter((id) => this.passed.has(id));
    this.#set('cmi.core.score.min', '0');
    this.#set('cmi.core.score.max', '100');
    this.#set('cmi.core.score.raw', String(Math.round((100 * done.length) / exercises.length)));
    if (done.length === exercises.length) this.#set('cmi.core.lesson_status', 'completed');
    else if (!FINAL.includes(this.#get('cmi.core.lesson_status')))
      this.#set('cmi.core.lesson_status', 'incomplete');
    this.#set('cmi.suspend_data', suspendData(done));
  }

  #get(element: string): string {
    return textOf(() => this.#api.LMSGetValue(element));
  }
  #set(element: string, value: string): void {
    this.#check(`LMSSetValue ${element}`, () => this.#api.LMSSetValue(element, value));
  }
  #commit(): void {
    this.#check('LMSCommit', () => this.#api.LMSCommit(''));
  }
  #check(name: string, call: () => unknown): void {
    if (isTrue(ask(call))) return;
    const code = textOf(() => this.#api.LMSGetLastError());
    if (code !== NOT_IMPLEMENTED) this.#options.onTrouble(name, code);
  }
}

/** CMITimespan, `HHHH:MM:SS.SS`. */
export function timespan(milliseconds: number): string {
  const hundredths = Math.max(0, Math.floor(milliseconds / 10));
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = Math.floor(hundredths / 100);
  const hours = Math.min(9999, Math.floor(seconds / 3600));
  return `${String(hours).padStart(4, '0')}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${two(hundredths % 100)}`;
}
