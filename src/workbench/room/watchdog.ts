/** Whether a worker is alive: it is asked, since one that ends without an error tells nobody. */

export interface WatchdogOptions {
  /** Asks the worker; its answer leads to `answered()`. */
  ask(): void;
  /** Two in a row were not answered. Called once. */
  onSilence(): void;
  everyMs?: number | undefined;
}

/** Asked twice: after a page was frozen, the first answer comes behind the timer. */
const mostUnanswered = 2;

export class Watchdog {
  readonly #timer: ReturnType<typeof setInterval>;
  #unanswered = 0;

  constructor({ ask, onSilence, everyMs = 3000 }: WatchdogOptions) {
    this.#timer = setInterval(() => {
      if (this.#unanswered >= mostUnanswered) {
        this.stop();
        onSilence();
      } else {
        this.#unanswered += 1;
        ask();
      }
    }, everyMs);
  }
  answered(): void {
    this.#unanswered = 0;
  }
  stop(): void {
    clearInterval(this.#timer);
  }
}
