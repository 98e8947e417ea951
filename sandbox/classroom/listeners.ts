/** Who is told of a class: the teacher's pages. */
import type { Work } from '../protocol/work.ts';

export interface ClassListener {
  /** What changed; a pass only after it is stored. */
  work(rows: readonly Work[]): void;
  /** The class itself or its members changed. */
  changed(): void;
  /** The devices of a member are no longer theirs. */
  out?(member: string): void;
  /** Whether what happens now is stored. */
  kept(isKept: boolean): void;
  /** The class was deleted; the last event. */
  ended(): void;
}

export class Listeners {
  readonly #byClass = new Map<string, Set<ClassListener>>();

  add(id: string, listener: ClassListener): { close(): void } {
    const all = this.#byClass.get(id) ?? new Set();
    this.#byClass.set(id, all.add(listener));
    return {
      close: () => {
        all.delete(listener);
        if (all.size === 0 && this.#byClass.get(id) === all) this.#byClass.delete(id);
      },
    };
  }

  of(id: string): Iterable<ClassListener> {
    return [...(this.#byClass.get(id) ?? [])];
  }

  get all(): ClassListener[] {
    return [...this.#byClass.values()].flatMap((each) => [...each]);
  }
}
