/** Runs of programs count if the machine gave the rooms their time. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Findings, type Report } from './report.ts';

/**
 * Programs have threads of their own: if the rooms' thread stands still for longer, their pauses end
 * before the room has seen what came before them. Milliseconds.
 */
export const STALL_MS = 150;
/** As often one run is done at most. */
const MOST = 4;

/** Begins to watch this thread; returns a function that ends it and returns the longest stall in ms. */
export type WatchStalls = () => () => number;

const watchStalls: WatchStalls = () => {
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  return () => {
    delay.disable();
    return delay.max / 1e6;
  };
};

/**
 * Does a run and reports what it found. A run that failed while this thread stood still says nothing of
 * the program, and is done again; the report names it. One that failed otherwise has failed.
 */
export async function undisturbed(
  report: Report,
  attempt: (report: Report) => Promise<void>,
  watch: WatchStalls = watchStalls,
): Promise<void> {
  const disturbed: string[] = [];
  for (let left = MOST; ; left -= 1) {
    const own = new Findings();
    const stop = watch();
    await attempt(own);
    const stall = stop();
    const isDisturbed = own.failures.length > 0 && stall > STALL_MS && left > 1;
    if (!isDisturbed) {
      if (own.failures.length === 0) own.retried(disturbed);
      return report.add(own);
    }
    const during = `while the rooms’ thread stood still for ${stall.toFixed(0)} ms`;
    disturbed.push(...own.failures.map((failure) => `${failure} (${during})`));
  }
}
