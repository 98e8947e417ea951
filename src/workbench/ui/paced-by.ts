/**
 * A function that does the work at once, and then at most once in `restMs` milliseconds however often it
 * is called: the last call is never lost.
 * @param restMs is asked after each work
 */
export function pacedBy(work: () => void, restMs: () => number): () => void {
  let isResting = false;
  let isWanted = false;
  function done(): void {
    isResting = false;
    if (isWanted) go();
  }
  function go(): void {
    isWanted = false;
    isResting = true;
    try {
      work();
    } finally {
      setTimeout(done, restMs());
    }
  }
  return () => {
    if (isResting) isWanted = true;
    else go();
  };
}
