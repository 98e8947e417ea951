/** Evaluates an exercise's checks again after each change of the room, at a limited rate. */
import type { CheckResult } from '../protocol/exercise.ts';

/** So long after the first change: a burst of packets is judged once. */
const delayMs = 5;
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
    this.#timer ??= setTimeout(() => this.#run(() => this.#round()), delayMs);
  }

  /** The results that were sent belong to another run. */
  forget(): void {
    this.results = [];
    this.#lastNotified = '';
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #round(): void {
    if (this.#closed) return;
    const started = performance.now();
    this.#dirty = false;
    this.results = this.#evaluate();
    const text = JSON.stringify(this.results);
    if (text !== this.#lastNotified) this.#notify(this.results);
    this.#lastNotified = text;
    this.#timer = setTimeout(
      () => {
        this.#timer = undefined;
        if (this.#dirty) this.wake();
      },
      (performance.now() - started) * restShare,
    );
  }
}
