/** How far the diagram has been drawn: as it happens, stopped, or played once more. No clock, no DOM. */
interface Timed {
  n: number;
  /** Milliseconds. */
  at: number;
}
/** A replay goes at a multiple of the real time, or shows each row equally long. */
export type Speed = { times: number } | { everyMs: number };
export const speeds: Record<string, Speed> = {
  slow: { everyMs: 1_200 },
  quick: { everyMs: 300 },
  hundredth: { times: 0.01 },
  tenth: { times: 0.1 },
  real: { times: 1 },
};
/** Nobody waits longer than this for the next row of a replay. */
const longestWaitMs = 1_500;

export class Playback {
  mode: 'live' | 'paused' | 'playing' = 'live';
  speed: Speed = speeds['slow']!;
  /** Number of the newest entry shown, unless live. */
  #shown = 0;
  /** How long the row shown last has been there, in milliseconds of the reader's time. */
  #waited = 0;

  /** How many of the rows, oldest first, are drawn. */
  count(rows: readonly Timed[]): number {
    return this.mode === 'live' ? rows.length : indexAfter(rows, this.#shown);
  }

  live(): void {
    this.mode = 'live';
  }
  /** Stays where it is. */
  pause(rows: readonly Timed[]): void {
    this.#stopAt(rows, this.count(rows));
  }
  /** One row on, or back with -1. */
  step(rows: readonly Timed[], by = 1): void {
    this.#stopAt(rows, Math.max(0, Math.min(rows.length, this.count(rows) + by)));
  }
  /** On from where it stands; from the beginning if there is nothing more. */
  play(rows: readonly Timed[]): void {
    if (this.count(rows) >= rows.length) this.#shown = 0;
    this.mode = 'playing';
    this.#waited = Infinity;
  }

  /** Time passes, in milliseconds. At the end of all rows a replay is live again. */
  tick(rows: readonly Timed[], ms: number): void {
    if (this.mode !== 'playing') return;
    this.#waited += ms;
    for (;;) {
      const next = indexAfter(rows, this.#shown);
      if (next >= rows.length) return this.live();
      const wait = next === 0 ? 0 : this.#wait(rows[next - 1]!, rows[next]!);
      if (this.#waited < wait) return;
      this.#waited = this.#waited === Infinity ? 0 : this.#waited - wait;
      this.#shown = rows[next]!.n;
    }
  }

  /** A new run: nothing of the old one is left to be played. */
  reset(): void {
    this.#shown = 0;
    this.live();
  }

  #wait(from: Timed, to: Timed): number {
    if ('everyMs' in this.speed) return this.speed.everyMs;
    return Math.min(longestWaitMs, (to.at - from.at) / this.speed.times);
  }
  #stopAt(rows: readonly Timed[], count: number): void {
    this.mode = 'paused';
    this.#shown = rows[count - 1]?.n ?? 0;
  }
}

/** Index of the first row after entry `n`. */
function indexAfter(rows: readonly Timed[], n: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.n <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}
