/**
 * Work that is put off until this turn of the event loop has brought all it brings: one write for
 * what several packets cause, and one waking of the far end for several writes.
 */
type Work = () => void;

const soon: (run: Work) => unknown =
  (globalThis as { setImmediate?: (run: Work) => unknown }).setImmediate ??
  ((run) => setTimeout(run, 0));

let waiting: Work[] = [];

function run(): void {
  const works = waiting;
  waiting = [];
  for (const work of works) work();
}

/** Work must not throw: what waits behind it would be lost. */
export function afterThisTick(work: Work): void {
  if (waiting.push(work) === 1) soon(run);
}
