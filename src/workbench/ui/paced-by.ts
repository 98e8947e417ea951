/**
 * A function that does the work at once, and then at most once in `restMs` milliseconds however often it
 * is called: the last call is never lost.
 */
export function pacedBy(work: () => void, restMs: number): () => void {
  let isResting = false;
  let isWanted = false;
  function done(): void {
    isResting = false;
    if (isWanted) go();
  }
  function go(): void {
    isWanted = false;
    isResting = true;
    setTimeout(done, restMs);
    work();
  }
  return () => {
    if (isResting) isWanted = true;
    else go();
  };
}
