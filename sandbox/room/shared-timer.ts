/**
 * One timer for what many rooms put off: at its beat all of it is done in one turn of the event
 * loop. A timer for each room wakes the process for each, which costs more than the work itself.
 */
export class SharedTimer {
  readonly #ms: number;
  #waiting: (() => void)[] = [];

  constructor(ms: number) {
    this.#ms = ms;
  }

  /** Done at most `ms` from now. Work must not throw: what waits behind it would be lost. */
  next(work: () => void): void {
    if (this.#waiting.push(work) === 1) setTimeout(() => this.#strike(), this.#ms);
  }

  #strike(): void {
    const works = this.#waiting;
    this.#waiting = [];
    for (const work of works) work();
  }
}

const beats = new Map<number, SharedTimer>();

/** The beat that everybody with this interval shares. */
export function sharedTimer(ms: number): SharedTimer {
  let beat = beats.get(ms);
  if (!beat) beats.set(ms, (beat = new SharedTimer(ms)));
  return beat;
}
