/** Messages between the processes of a row. */

export interface Ports {
  web: number;
  tcp: number;
  tls: number;
}

/** The times of all actions of one kind, in milliseconds. */
export interface Times {
  count: number;
  p50: number;
  p99: number;
  worst: number;
}

/** What a well-behaved client has measured since its last report. */
export interface Seen {
  /** By kind of action. */
  times: Record<string, Times>;
  /** Reasons of refused actions, with their counts. */
  refused: Record<string, number>;
}

/** Parent → well-behaved client: report, and begin a new count. */
export interface AskSeen {
  ask: 'seen';
}

/** What an attacker has done so far, by kind; `ready` when the whole attack is running. */
export interface Done {
  ready: boolean;
  counts: Record<string, number>;
}

export function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), worst: sorted.at(-1) ?? 0 };
}
