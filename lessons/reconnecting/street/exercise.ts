import {
  connectionsById,
  median,
  spreadOf,
  waitsOf,
  type Connection,
} from '../../../sandbox/checks/connections.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { over, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';
import type { FaultRule } from '../../../sandbox/protocol/faults.ts';

const LAMPS = 'lamps';
const OFFICE = 'office';
const CALL = 'street/roll-call';
const COUNT = 8;
const ids = Array.from({ length: COUNT }, (_, i) => `lamp-${i + 1}`);
/** Tries of each lamp that come to nothing. */
const VAIN = 3;
/** Waits that are compared: before each of these tries, and before the one that gets in. */
const WAITS = VAIN + 1;
/** The last wait is so many times as long as the shortest; twice as long each time makes 8. */
const LONGER = 2.8;
/** Milliseconds of the last wait at least: less is what a busy machine takes. */
const LEAST = 150;
/** How far the waits of the lamps are apart, as a share of their median. */
const SPREAD = 0.25;
/** Milliseconds in which tries count as one wave. */
const WAVE = 100;

/** The broker restarts: each lamp's connection ends at the second call, and two tries fail. */
function restart(client: string): FaultRule[] {
  const rule = { client, after: 1, action: { do: 'drop-and-cut' } } as const;
  return [
    { ...rule, direction: 'to-client', kind: 'PUBLISH' },
    { ...rule, direction: 'to-broker', kind: 'CONNECT', times: VAIN },
  ];
}

const connections = (view: View) => connectionsById(view, LAMPS);
/** Of one lamp, in order. */
const of = (view: View, id: string): Connection[] => connections(view).get(id) ?? [];

/** A lamp that opened a connection while it had another: two clients with one id. */
const doubled = (view: View): string | undefined =>
  [...connections(view)].find(([, all]) =>
    all.slice(1).some(({ from }, i) => from.n < (all[i]!.to?.n ?? Infinity)),
  )?.[0];

/** The waits before a try, one of each lamp; undefined if a lamp hasn't come so far. */
function waits(view: View, nth: number): number[] | undefined {
  const all = connections(view);
  const found = ids.map((id) => waitsOf(all.get(id) ?? [])[nth]);
  return found.every((wait) => wait !== undefined) ? found : undefined;
}
const allWaits = (view: View): number[][] | undefined => {
  const all = Array.from({ length: WAITS }, (_, nth) => waits(view, nth));
  return all.every((each) => each !== undefined) ? all : undefined;
};
/** One of the two longest rounds is: a machine that stands still for a moment may gather the other. */
const isSpread = (view: View): boolean =>
  (allWaits(view) ?? []).slice(-2).some((each) => spreadOf(each) >= SPREAD);
/** The last wait is longer than one before it: a machine that stands still makes a wait longer, too. */
const grows = (view: View): boolean => {
  const all = allWaits(view)?.map(median) ?? [0];
  return all.at(-1)! >= Math.max(LEAST, LONGER * Math.min(...all.slice(0, -1)));
};
const cameBack = (view: View): number[] => ids.map((id) => of(view, id)[WAITS]?.from.at ?? 0);
const inSeconds = (ms: number): string => (ms / 1000).toFixed(1);

/** The most of the first new tries that came within a tenth of a second. */
function wave(view: View): number | undefined {
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
const heardOnce = (view: View, id: string): boolean =>
  packets(view, { kind: 'PUBLISH', direction: 'to-client', name: LAMPS, lost: true }).some(
    ({ entry }) => entry.line === of(view, id)[0]?.line,
  );
const hears = (view: View, id: string): boolean => roll(view, id).calls.length > 0;
/** How many answers a lamp gave to each call but the last; undefined before its second call. */
function perCall(view: View, id: string): number | undefined {
  const { calls, answers } = roll(view, id);
  const before = calls.slice(1).map((n, i) => answers.filter((each) => each < n).length / (i + 1));
  return before.length === 0 ? undefined : Math.max(...before);
}
/** A call that came together with SUBACK may be missed; no call gets two answers. */
function answersOnce(view: View, id: string): boolean {
  const most = perCall(view, id) ?? 0;
  return most > 0 && most <= 1;
}

/** About the first lamp, or client id, that is found. */
const about = (hint: string, find: (view: View) => string | false | undefined): Hint => ({
  id: hint,
  when(view) {
    const id = find(view);
    return id !== undefined && id !== false && { id };
  },
});
/** What explains all that follows from it, whichever check is next. */
const before: Hint[] = [
  about('two-at-once', doubled),
  about('other-ids', (view) => [...connections(view).keys()].find((id) => !ids.includes(id))),
  {
    id: 'few-lamps',
    when(view) {
      const count = connections(view).size;
      return over(view, OFFICE) && count > 0 && count < COUNT && { count };
    },
  },
];

const exercise: Exercise = {
  devices: ['lamps.ts', 'office.ts'],
  panels: ['stage', 'packets'],
  scene: { faults: ids.flatMap(restart) },
  checks: inTurn(
    [
      {
        id: 'spread',
        holds: (view) => isSpread(view) && doubled(view) === undefined,
        hints: [
          {
            id: 'wave',
            when(view) {
              const count = wave(view);
              return allWaits(view) !== undefined && count !== undefined && { count };
            },
          },
          ...stopped(LAMPS),
          {
            // Whoever hears no call isn't cut off at the second.
            id: 'deaf',
            when(view) {
              const id = ids.find((one) => of(view, one).length === 1 && !heardOnce(view, one));
              return over(view, OFFICE) && id !== undefined && { id };
            },
          },
          {
            id: 'too-slow',
            when(view) {
              const id = ids.find((one) => {
                const count = of(view, one).length;
                return count > 1 && count <= WAITS;
              });
              if (!over(view, OFFICE) || id === undefined) return false;
              const all = waitsOf(of(view, id), view.entries.at(-1)!.at);
              return { id, longest: inSeconds(Math.max(...all)) };
            },
          },
          {
            id: 'stayed-away',
            when(view) {
              const away = ids.filter((id) => of(view, id).length <= WAITS);
              return over(view, OFFICE) && { count: away.length, id: away[0] ?? '–' };
            },
          },
        ],
      },
      {
        id: 'grows',
        holds: grows,
        hints: [
          {
            id: 'no-wait',
            when(view) {
              const at = allWaits(view)?.findIndex((all) => median(all) < WAVE / 2) ?? -1;
              return at >= 0 && { count: at + 1 };
            },
          },
          {
            id: 'no-growth',
            when(view) {
              const all = allWaits(view);
              return (
                all !== undefined && {
                  first: inSeconds(median(all[0]!)),
                  last: inSeconds(median(all.at(-1)!)),
                }
              );
            },
          },
        ],
      },
      {
        id: 'heard',
        holds: (view) => ids.every((id) => hears(view, id)),
        hints: [
          about('deaf', (view) => over(view, OFFICE) && ids.find((one) => !hears(view, one))),
        ],
      },
      {
        id: 'once',
        holds: (view) => ids.every((id) => answersOnce(view, id)),
        hints: [
          {
            id: 'several-answers',
            when(view) {
              const id = ids.find((one) => (perCall(view, one) ?? 0) > 1);
              return id !== undefined && { id, count: Math.ceil(perCall(view, id)!) };
            },
          },
          about(
            'no-answer',
            (view) => over(view, OFFICE) && ids.find((one) => !answersOnce(view, one)),
          ),
        ],
      },
    ],
    before,
  ),
  proof: (view) => ({
    seconds: inSeconds(Math.max(...cameBack(view)) - Math.min(...cameBack(view))),
    first: inSeconds(median(waits(view, 0) ?? [0])),
    last: inSeconds(median(waits(view, VAIN) ?? [0])),
  }),
  predictions: [
    {
      id: 'all-lamps',
      measure(view) {
        const all = allWaits(view);
        const count = wave(view);
        if (all === undefined || count === undefined || isSpread(view)) return undefined;
        const isChanged = grows(view) || doubled(view) !== undefined;
        return isChanged ? undefined : { answer: 1, values: { count } };
      },
    },
  ],
};

export default exercise;
