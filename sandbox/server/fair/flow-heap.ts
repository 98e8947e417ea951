/**
 * A binary heap of flows: the one that has used least is first, and of equal ones the one that has
 * waited longest. With thousands that wait, taking the first costs a few steps, not a look at each.
 */
export interface Ranked {
  tag: number;
  since: number;
  /** Its index in the heap; -1 outside of one. Written by the heap only. */
  place: number;
  readonly weight: number;
  /** Its weight when it was added. Written by the heap only. */
  held: number;
}

const isBefore = (a: Ranked, b: Ranked): boolean =>
  a.tag < b.tag || (a.tag === b.tag && a.since < b.since);

export class FlowHeap<T extends Ranked> {
  readonly #all: T[] = [];
  /** The sum of the weights of all. */
  weight = 0;

  get size(): number {
    return this.#all.length;
  }

  get first(): T | undefined {
    return this.#all[0];
  }

  add(one: T): void {
    one.held = one.weight;
    this.weight += one.held;
    this.#all.push(one);
    this.#up(one, this.#all.length - 1);
  }

  delete(one: T): void {
    const { place } = one;
    one.place = -1;
    this.weight -= one.held;
    const last = this.#all.pop()!;
    if (last === one) return;
    this.#up(last, place);
    this.#down(last, last.place);
  }

  /** Its tag has grown. */
  later(one: T): void {
    this.#down(one, one.place);
  }

  #up(one: T, from: number): void {
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = this.#all[above]!;
      if (!isBefore(one, other)) break;
      this.#put(other, at);
      at = above;
    }
    this.#put(one, at);
  }

  #down(one: T, from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      const right = left + 1;
      let least = this.#all[left];
      if (!least) break;
      const other = this.#all[right];
      if (other && isBefore(other, least)) least = other;
      if (!isBefore(least, one)) break;
      const { place } = least;
      this.#put(least, at);
      at = place;
    }
    this.#put(one, at);
  }

  #put(one: T, at: number): void {
    this.#all[at] = one;
    one.place = at;
  }
}
