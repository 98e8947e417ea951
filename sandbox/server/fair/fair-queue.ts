/**
 * A queue with a fair order (hierarchical start-time fair queueing): flows form a tree, and of the
 * flows that wait below a node, the one that has used least for its weight is first. Pure: the
 * caller gives the costs.
 */

/** A node of the tree: a network address, a room behind it, a connection of that room. */
export class Flow<T> {
  readonly parent: Flow<T> | null;
  /** Its share among its siblings. */
  weight = 1;
  /** Its virtual time: used cost divided by weight, on its parent's clock. */
  tag = 0;
  /** The tag of the child that was last served. */
  clock = 0;
  /** Children that wait. */
  readonly waiting = new Set<Flow<T>>();
  readonly items: T[] = [];

  constructor(parent: Flow<T> | null) {
    this.parent = parent;
  }

  /** After idle time a flow is ahead of others by a bounded amount only. */
  arrive(credit: number): void {
    this.tag = Math.max(this.tag, this.parent!.clock - credit / this.weight);
  }

  served(): void {
    const parent = this.parent!;
    if (parent.clock < this.tag) parent.clock = this.tag;
  }
}

export class FairQueue<T> {
  readonly root = new Flow<T>(null);
  /** How far ahead of the others a flow may come that has used nothing, in units of cost. */
  readonly #credit: number;
  #size = 0;

  constructor(credit: number) {
    this.#credit = credit;
  }

  /** Items that wait. */
  get size(): number {
    return this.#size;
  }

  put(flow: Flow<T>, item: T): void {
    this.#size++;
    flow.items.push(item);
    for (let at = flow; at.parent && !at.parent.waiting.has(at); at = at.parent) {
      at.arrive(this.#credit);
      at.parent.waiting.add(at);
    }
  }

  /** The item whose turn it is; its cost is to be charged. */
  take(): { flow: Flow<T>; item: T } | null {
    if (this.#size === 0) return null;
    let flow = this.root;
    while (flow.waiting.size > 0) {
      flow = leastUsed(flow.waiting);
      flow.served();
    }
    this.#size--;
    const item = flow.items.shift()!;
    let at = flow;
    while (at.parent && at.items.length === 0 && at.waiting.size === 0) {
      at.parent.waiting.delete(at);
      at = at.parent;
    }
    return { flow, item };
  }

  /** Charges a flow that ran without waiting, because no other flow waited. */
  serve(flow: Flow<T>): void {
    for (let at = flow; at.parent; at = at.parent) {
      at.arrive(this.#credit);
      at.served();
    }
  }

  charge(flow: Flow<T>, cost: number): void {
    for (let at = flow; at.parent; at = at.parent) at.tag += cost / at.weight;
  }
}

/** Of equal flows, the one that has waited longest. */
function leastUsed<T>(flows: Set<Flow<T>>): Flow<T> {
  let least: Flow<T> | undefined;
  for (const flow of flows) if (!least || flow.tag < least.tag) least = flow;
  return least!;
}
