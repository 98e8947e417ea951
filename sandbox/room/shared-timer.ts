/**
 * One timer for the deferred work of many rooms: at each tick all of it runs in one turn of the
 * event loop. A timer for each room would wake the process for each room, which costs more than the
 * work.
 */
export class SharedTimer {
  readonly #ms: number;
  #waiting: (() => void)[] = [];

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Done at most `ms` from now. Work must not throw: the work queued behind it would be lost. */
  next(work: () => void): void {
    if (this.#waiting.push(work) === 1) setTimeout(() => this.#strike(), this.#ms);
  }

  #strike(): void {
    const works = this.#waiting;
    this.#waiting = [];
    for (const work of works) work();
  }
}

const timers = new Map<number, SharedTimer>();

/** The timer that all callers with this interval share. */
export function sharedTimer(ms: number): SharedTimer {
  let timer = timers.get(ms);
  if (!timer) timers.set(ms, (timer = new SharedTimer(ms)));
  return timer;
}
