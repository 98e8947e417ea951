/** What the processes of a row tell each other. */

export interface Ports {
  web: number;
  tcp: number;
  tls: number;
}

/** Milliseconds, of all actions actions of one kind. */
export interface Times {
  count: number;
  p50: number;
  p99: number;
  worst: number;
}

/** What somebody who behaves has seen since the last report. */
export interface Seen {
  /** By kind of action. */
  times: Record<string, Times>;
  /** Why actions were refused, each with how often. */
  refused: Record<string, number>;
}

/** Parent → who behaves: begin a new count, and say what the last one was. */
export interface AskSeen {
  ask: 'seen';
}

/** What an attacker did so far, by kind; `ready` once all of it is under way. */
export interface Done {
  ready: boolean;
  counts: Record<string, number>;
}

export function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), worst: sorted.at(-1) ?? 0 };
}
