/**
 * Work that is deferred to the end of this turn of the event loop: several packets become one
 * write, and several writes wake the receiver once.
 */
import { macrotask, type Work } from './macrotask.ts';

let waiting: Work[] = [];

/** Runs what waits now: a turn of the server ends before the loop polls I/O again. */
export function endTick(): void {
  const works = waiting;
  waiting = [];
  for (const work of works) work();
}

/** Work must not throw: the work queued behind it would be lost. */
export function afterThisTick(work: Work): void {
  if (waiting.push(work) === 1) macrotask(endTick);
}
