/**
 * A queue with a fair order (hierarchical start-time fair queueing): flows form a tree, and of the
 * flows that wait below a node, the one that has used least for its weight is first. Pure: the
 * caller gives the costs.
 */
import { FlowHeap } from './flow-heap.ts';

/** A node of the tree: a network address, a room behind it, a connection of that room. */
export class Flow<T> {
  readonly parent: Flow<T> | null;
  /** Its share among its siblings. */
  weight = 1;
  /** Its virtual time: used cost divided by weight, on its parent's clock. */
  tag = 0;
  /**
   * The virtual time of its children: how much a child of weight 1 would have been given if all that
   * wait had been served side by side. It grows with all work, so that newcomers without end cannot
   * hold up those that wait.
   */
  clock = 0;
  /** Children that wait. */
  readonly waiting = new FlowHeap<Flow<T>>();
  /** Its place among them, -1 if it does not wait, and since when it waits. */
  place = -1;
  since = 0;
  held = 0;
  readonly items: T[] = [];

  constructor(parent: Flow<T> | null) {
    this.parent = parent;
  }

  /** It is owed nothing for the time in which it wanted nothing. */
  arrive(): void {
    this.tag = Math.max(this.tag, this.parent!.clock);
  }

  served(): void {
    const parent = this.parent!;
    if (parent.clock < this.tag) parent.clock = this.tag;
  }
}

export class FairQueue<T> {
  readonly root = new Flow<T>(null);
  #size = 0;
  #arrivals = 0;

  /** Items that wait. */
  get size(): number {
    return this.#size;
  }

  put(flow: Flow<T>, item: T): void {
    this.#size++;
    flow.items.push(item);
    for (let at = flow; at.parent && at.place < 0; at = at.parent) {
      at.arrive();
      at.since = this.#arrivals++;
      at.parent.waiting.add(at);
    }
  }

  /** The item whose turn it is; its cost is to be charged. */
  take(): { flow: Flow<T>; item: T } | null {
    if (this.#size === 0) return null;
    let flow = this.root;
    while (flow.waiting.size > 0) {
      flow = flow.waiting.first!;
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
      at.arrive();
      at.served();
    }
  }

  charge(flow: Flow<T>, cost: number): void {
    for (let at = flow; at.parent; at = at.parent) {
      const { waiting } = at.parent;
      const isWaiting = at.place >= 0;
      at.parent.clock += cost / (waiting.weight + (isWaiting ? 0 : at.weight));
      at.tag += cost / at.weight;
      if (isWaiting) waiting.later(at);
    }
  }
}
