import { calmMs } from '../stage/timetable.ts';

/** Where in a run one is: now, at a moment of the past, or on the way through it. No clock, no DOM. */
interface Timed {
  n: number;
  /** Milliseconds of the room's clock. */
  at: number;
}
/** Times as fast as the stage shows what happens now. */
export const speeds = [0.25, 0.5, 1, 4, 16] as const;
export type Speed = (typeof speeds)[number];
/** Nobody waits longer than this for the next packet, unless the speed is slower still. */
const longestWaitMs = 1_500;

export class Playhead {
  mode: 'live' | 'paused' | 'playing' = 'live';
  speed: Speed = 1;
  /** Number of the entry of the newest step shown, unless live. */
  #shown = 0;
  /** How long that step has been shown, in milliseconds of the reader's time. */
  #waited = 0;

  /** How many of the steps, oldest first, have happened at the moment that is shown. */
  count(steps: readonly Timed[]): number {
    return this.mode === 'live' ? steps.length : indexAfter(steps, this.#shown);
  }

  live(): void {
    this.mode = 'live';
  }
  /** Stays where it is. */
  pause(steps: readonly Timed[]): void {
    this.goTo(steps, this.count(steps));
  }
  /** One step on, or back with -1. */
  step(steps: readonly Timed[], by: 1 | -1): void {
    this.goTo(steps, this.count(steps) + by);
  }
  /** The moment after so many steps. */
  goTo(steps: readonly Timed[], count: number): void {
    this.mode = 'paused';
    this.#shown = steps[Math.min(steps.length, count) - 1]?.n ?? 0;
  }
  /** On from where it stands; from the beginning if there is nothing more. */
  play(steps: readonly Timed[]): void {
    if (this.count(steps) >= steps.length) this.#shown = 0;
    this.mode = 'playing';
    this.#waited = Infinity;
  }

  /** Time passes, in milliseconds. Behind the last step it is live again. */
  tick(steps: readonly Timed[], ms: number): void {
    if (this.mode !== 'playing') return;
    this.#waited += ms;
    for (;;) {
      const next = indexAfter(steps, this.#shown);
      const wait = next === 0 ? 0 : this.#wait(steps[next - 1]!, steps[next]);
      if (this.#waited < wait) return;
      if (next >= steps.length) return this.live();
      this.#waited = this.#waited === Infinity ? 0 : this.#waited - wait;
      this.#shown = steps[next]!.n;
    }
  }

  #wait(from: Timed, to: Timed | undefined): number {
    const least = calmMs / this.speed;
    const real = to ? (to.at - from.at) / this.speed : 0;
    return Math.min(Math.max(real, least), Math.max(longestWaitMs, least));
  }
}

/** Index of the first step after entry `n`. */
export function indexAfter(steps: readonly { n: number }[], n: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle]!.n <= n) low = middle + 1;
    else high = middle;
  }
  return low;
}
