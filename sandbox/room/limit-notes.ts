/** A broker's limits in the trace: one that is reached often is noted once a second. */
import type { LimitEffect, NewEntry } from '../protocol/trace.ts';
import type { LimitName, LimitValues } from '../shared/config.ts';

export class LimitNotes {
  readonly #append: (entry: NewEntry) => void;
  readonly #limits: LimitValues;
  readonly #noted = new Map<LimitName, number>();

  constructor(limits: LimitValues, append: (entry: NewEntry) => void) {
    this.#limits = limits;
    this.#append = append;
  }

  /** A limit that closes a line is always noted. */
  over(limit: LimitName, line: number | null, effect: LimitEffect): void {
    const now = performance.now();
    if (effect !== 'closed' && now - (this.#noted.get(limit) ?? -Infinity) < 1000) return;
    this.#noted.set(limit, now);
    const entry = { type: 'limit', limit, value: this.#limits[limit], effect } as const;
    this.#append(line === null ? entry : { ...entry, line });
  }
}
