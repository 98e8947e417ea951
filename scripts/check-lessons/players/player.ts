/** Somebody who does something in a room: a device, a terminal, a program outside. */
export interface Player {
  /** Resolves when it is over, in whatever way; never rejects. */
  done: Promise<void>;
  /** As a learner would: Stop, Ctrl-C. */
  stop(): void;
}

/** What a player is given. */
export interface Play {
  /** For the report of what went wrong. */
  say(line: string): void;
  signal: AbortSignal;
}
