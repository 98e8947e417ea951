/** Evaluates an exercise's checks again after each change of the room, at a limited rate. */
import type { CheckResult } from '../protocol/exercise.ts';

/** So long after the first change: a burst of packets is judged once. */
const delayMs = 5;
/**
 * So long after the last change they are asked once more: what was to come at once has not come, and a
 * hint says so.
 */
export const quietMs = 3_000;
/** A long trace makes checks dear: after each round they rest so many times its length. */
const restShare = 10;

export class CheckRunner {
  results: CheckResult[] = [];
  readonly #run: (work: () => void) => void;
  readonly #evaluate: () => CheckResult[];
  readonly #notify: (results: CheckResult[]) => void;
  #lastNotified = '';
  #dirty = false;
  #closed = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  /** @param run runs a round now or at its turn */
  constructor(
    run: (work: () => void) => void,
    evaluate: () => CheckResult[],
    notify: (results: CheckResult[]) => void,
  ) {
    this.#run = run;
    this.#evaluate = evaluate;
    this.#notify = notify;
  }

  wake(): void {
    this.#dirty = true;
    this.rest();
    this.#timer ??= setTimeout(() => this.#run(() => this.#round()), delayMs);
  }

  /** The results that were sent belong to another run. */
  forget(): void {
    this.rest();
    this.results = [];
    this.#lastNotified = '';
  }

  /** Nobody wants results any more. */
  rest(): void {
    clearTimeout(this.#quiet);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.rest();
  }

  /** @param isNews something has changed since the last round */
  #round(isNews = true): void {
    if (this.#closed) return;
    const started = performance.now();
    this.#dirty = false;
    this.results = this.#evaluate();
    const text = JSON.stringify(this.results);
    if (text !== this.#lastNotified) this.#notify(this.results);
    this.#lastNotified = text;
    if (isNews && this.results.some(({ state }) => state !== 'true')) {
      this.#quiet = setTimeout(() => this.#run(() => this.#round(false)), quietMs);
    }
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#dirty) this.wake();
      },
      (performance.now() - started) * restShare,
    );
  }
}
