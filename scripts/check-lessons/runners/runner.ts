/** A running part of an exercise: a device, a terminal, or a program outside the page. */
export interface Runner {
  /** Resolves when it is over, in whatever way; never rejects. */
  done: Promise<void>;
  /** As a learner would: Stop, Ctrl-C. */
  stop(): void;
}

/** What a runner is given. */
export interface RunContext {
  /** For the report of what went wrong. */
  log(line: string): void;
  signal: AbortSignal;
}
