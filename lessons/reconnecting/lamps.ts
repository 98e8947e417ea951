/** How the lamps of the exercise come back, and what they say. */
import {
  connectionsById,
  median,
  spreadOf,
  waitsOf,
  type Connection,
} from '../../sandbox/checks/connections.ts';
import { packets } from '../../sandbox/checks/view.ts';
import type { View } from '../../sandbox/protocol/exercise.ts';
import type { FaultRule } from '../../sandbox/protocol/faults.ts';

export const LAMPS = 'lamps';
export const OFFICE = 'office';
export const CALL = 'street/roll-call';
export const COUNT = 8;
export const ids = Array.from({ length: COUNT }, (_, i) => `lamp-${i + 1}`);
/** Tries of each lamp that come to nothing. */
export const VAIN = 3;
/** Waits that are compared: before each of these tries, and before the one that gets in. */
export const WAITS = VAIN + 1;
/** The last wait is so many times as long as the shortest; twice as long each time makes 8. */
const LONGER = 2.8;
/** Milliseconds of the last wait at least: less is what a busy machine takes. */
const LEAST = 150;
/** How far the waits of the lamps are apart, as a share of their median. */
const SPREAD = 0.25;
/** Milliseconds in which tries count as one wave. */
export const WAVE = 100;

/** The broker restarts: each lamp's connection ends at the second call, and two tries fail. */
export function restart(client: string): FaultRule[] {
  const rule = { client, after: 1, action: { do: 'drop-and-cut' } } as const;
  return [
    { ...rule, direction: 'to-client', kind: 'PUBLISH' },
    { ...rule, direction: 'to-broker', kind: 'CONNECT', times: VAIN },
  ];
}

export const connections = (view: View) => connectionsById(view, LAMPS);
/** Of one lamp, in order. */
export const of = (view: View, id: string): Connection[] => connections(view).get(id) ?? [];

/** A lamp that opened a connection while it had another: two clients with one id. */
export const doubled = (view: View): string | undefined =>
  [...connections(view)].find(([, all]) =>
    all.slice(1).some(({ from }, i) => from.n < (all[i]!.to?.n ?? Infinity)),
  )?.[0];

/** The waits before a try, one of each lamp; undefined if a lamp hasn't come so far. */
export function waits(view: View, nth: number): number[] | undefined {
  const all = connections(view);
  const found = ids.map((id) => waitsOf(all.get(id) ?? [])[nth]);
  return found.every((wait) => wait !== undefined) ? found : undefined;
}
export const allWaits = (view: View): number[][] | undefined => {
  const all = Array.from({ length: WAITS }, (_, nth) => waits(view, nth));
  return all.every((each) => each !== undefined) ? all : undefined;
};
/** One of the two longest rounds is: a machine that stands still for a moment may gather the other. */
export const isSpread = (view: View): boolean =>
  (allWaits(view) ?? []).slice(-2).some((each) => spreadOf(each) >= SPREAD);
/** The last wait is longer than one before it: a machine that stands still makes a wait longer, too. */
export const grows = (view: View): boolean => {
  const all = allWaits(view)?.map(median) ?? [0];
  return all.at(-1)! >= Math.max(LEAST, LONGER * Math.min(...all.slice(0, -1)));
};
export const cameBack = (view: View): number[] =>
  ids.map((id) => of(view, id)[WAITS]?.from.at ?? 0);
export const inSeconds = (ms: number): string => (ms / 1000).toFixed(1);

/** The most of the first new tries that came within a tenth of a second. */
export function wave(view: View): number | undefined {
  const all = connections(view);
  const at = ids.flatMap((id) => {
    const next = all.get(id)?.[1];
    return next === undefined ? [] : [next.from.at];
  });
  const within = (one: number) => at.filter((each) => each >= one && each < one + WAVE).length;
  return at.length < COUNT ? undefined : Math.max(...at.map(within));
}

/** Calls that came on the lamp's last connection, after the restart, and the lamp's answers. */
function roll(view: View, id: string): { calls: number[]; answers: number[] } {
  const last = of(view, id).slice(WAITS).at(-1);
  const found = { calls: [] as number[], answers: [] as number[] };
  for (const { packet, entry } of packets(view, { kind: 'PUBLISH', name: LAMPS })) {
    if (entry.line !== last?.line) continue;
    if (entry.direction === 'to-client' && packet.topic === CALL) found.calls.push(entry.n);
    if (entry.direction === 'to-broker') found.answers.push(entry.n);
  }
  return found;
}
export const heardOnce = (view: View, id: string): boolean =>
  packets(view, { kind: 'PUBLISH', direction: 'to-client', name: LAMPS, lost: true }).some(
    ({ entry }) => entry.line === of(view, id)[0]?.line,
  );
export const hears = (view: View, id: string): boolean => roll(view, id).calls.length > 0;
/** How many answers a lamp gave to each call but the last; undefined before its second call. */
export function perCall(view: View, id: string): number | undefined {
  const { calls, answers } = roll(view, id);
  const before = calls.slice(1).map((n, i) => answers.filter((each) => each < n).length / (i + 1));
  return before.length === 0 ? undefined : Math.max(...before);
}
/** A call that came together with SUBACK may be missed; no call gets two answers. */
export function answersOnce(view: View, id: string): boolean {
  const most = perCall(view, id) ?? 0;
  return most > 0 && most <= 1;
}
