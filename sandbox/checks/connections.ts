/** The connections of a program that opens several: one client id after the other, or many at once. */
import type { View } from '../protocol/exercise.ts';
import { packets } from './view.ts';

/** Where something stands in the trace, and when it was: milliseconds since the run began. */
interface Place {
  n: number;
  at: number;
}
export interface Connection {
  line: number;
  from: Place;
  /** Undefined while it is open. */
  to: Place | undefined;
}

/**
 * The connections of a program by client id, in their order: those on which a CONNECT was sent,
 * whether or not it reached the broker.
 */
export function connectionsById(view: View, name: string): Map<string, Connection[]> {
  const closed = new Map<number, Place>();
  for (const entry of view.entries) {
    if (entry.type === 'line-closed') closed.set(entry.line, entry);
  }
  const all = new Map<string, Connection[]>();
  const where = { kind: 'CONNECT', direction: 'to-broker', name, lost: true } as const;
  for (const { packet, line } of packets(view, where)) {
    const own = all.get(packet.clientId) ?? [];
    own.push({ line: line.line, from: line, to: closed.get(line.line) });
    all.set(packet.clientId, own);
  }
  return all;
}

/**
 * Milliseconds from the end of each connection to the beginning of the next; with `end`, also from the last
 * one's to there.
 */
export function waitsOf(all: readonly Connection[], end?: number): number[] {
  const waits = all.slice(1).map(({ from }, i) => from.at - (all[i]!.to?.at ?? from.at));
  const last = all.at(-1)?.to?.at;
  return end === undefined || last === undefined ? waits : [...waits, end - last];
}
/** The middle one: a connection that the machine held up doesn't change it. */
export const median = (numbers: readonly number[]): number =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;
/** How far apart they are, as a share of their median. */
export const spreadOf = (all: readonly number[]): number =>
  (Math.max(...all) - Math.min(...all)) / median(all);
