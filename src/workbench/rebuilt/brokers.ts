import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { RebuiltBroker, type RebuiltState } from './broker.ts';

export interface RebuiltStates extends RebuiltState {
  /** Of the room's second broker, once something has been seen of it. */
  cloud?: RebuiltState;
}

/**
 * The states of a room's brokers, rebuilt from the trace. A bridge is a client of its own broker without a
 * line: what it brings there no packet shows, so it is not in that broker's past.
 */
export class RebuiltBrokers {
  readonly #house: RebuiltBroker;
  #cloud: RebuiltBroker | undefined;
  readonly #linesThere = new Set<number>();

  constructor(retained?: ConstructorParameters<typeof RebuiltBroker>[0]) {
    this.#house = new RebuiltBroker(retained);
  }

  add(entry: TraceEntry): void {
    if (!this.#isThere(entry)) return this.#house.add(entry);
    this.#cloud ??= new RebuiltBroker();
    this.#cloud.add(entry);
  }
  /** `at`: milliseconds of the room's clock, not before the last entry. */
  stateAt(at: number): RebuiltStates {
    const cloud = this.#cloud?.stateAt(at);
    return { ...this.#house.stateAt(at), ...(cloud && { cloud }) };
  }

  #isThere(entry: TraceEntry): boolean {
    if (entry.type === 'line-opened' && entry.on) this.#linesThere.add(entry.line);
    if ('line' in entry && entry.line !== undefined) return this.#linesThere.has(entry.line);
    return 'on' in entry && entry.on !== undefined;
  }
}
