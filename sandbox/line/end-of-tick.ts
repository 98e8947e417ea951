/**
 * Work that is deferred to the end of this turn of the event loop: several packets become one
 * write, and several writes wake the receiver once.
 */
import { macrotask, type Work } from '../shared/macrotask.ts';

let waiting: Work[] = [];

function run(): void {
  const works = waiting;
  waiting = [];
  for (const work of works) work();
}

/** Work must not throw: the work queued behind it would be lost. */
export function afterThisTick(work: Work): void {
  if (waiting.push(work) === 1) macrotask(run);
}
