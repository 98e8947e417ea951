/**
 * Shares the event loop. A server meters what each connection costs and lets others
 * go first (`server/fair/`); a room in a page, or in a test, works at once.
 */
export interface Turns {
  /** Runs work now if no other work waits, otherwise at its turn. Work inside other work runs at once. */
  run(work: () => void): void;
  /** Runs the rest of a long piece of work at a later turn. */
  later(work: () => void): void;
  /** The running work should leave the rest to `later`: others wait, or the loop must look around. */
  readonly over: boolean;
  /** Starts work that goes on over many turns of the loop; few such are under way at a time. */
  job<T>(work: () => Promise<T>): Promise<T>;
}

export const atOnce: Turns = {
  run: (work) => work(),
  later: (work) => void setTimeout(work, 0),
  over: false,
  job: (work) => work(),
};
