/** What runs showed of a lesson's predictions, kept in this browser; without their packets. */
import * as v from 'valibot';
import type { Outcome } from '../../../sandbox/protocol/exercise.ts';
import type { TextStore } from '../store/drafts.ts';

const outcome = v.object({
  answer: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(9)),
  values: v.optional(
    v.record(
      v.pipe(v.string(), v.maxLength(40)),
      v.union([v.number(), v.pipe(v.string(), v.maxLength(200))]),
    ),
  ),
});

export class KeptOutcomes {
  readonly #store: TextStore;
  readonly #prefix: string;

  constructor(store: TextStore, lesson: string) {
    this.#store = store;
    this.#prefix = `retained:outcome:${lesson}/`;
  }

  /** @param id that of the prediction */
  load(id: string): Outcome | undefined {
    try {
      const read = v.safeParse(outcome, JSON.parse(this.#store.getItem(this.#prefix + id) ?? ''));
      return read.success ? (read.output as Outcome) : undefined;
    } catch {
      return undefined;
    }
  }
  save(id: string, found: Outcome): void {
    const read = v.safeParse(outcome, found);
    if (read.success) this.#store.setItem(this.#prefix + id, JSON.stringify(read.output));
  }
}
