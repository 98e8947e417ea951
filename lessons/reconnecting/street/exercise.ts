import { median, waitsOf } from '../../../sandbox/checks/connections.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { over, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';
import {
  LAMPS,
  OFFICE,
  CALL,
  COUNT,
  ids,
  VAIN,
  WAITS,
  WAVE,
  restart,
  connections,
  of,
  doubled,
  waits,
  allWaits,
  isSpread,
  grows,
  cameBack,
  inSeconds,
  wave,
  heardOnce,
  hears,
  perCall,
  answersOnce,
} from '../lamps.ts';

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
  about('answers-call', (view) => {
    const answer = packets(view, {
      kind: 'PUBLISH',
      direction: 'to-broker',
      name: LAMPS,
      topic: CALL,
    })[0];
    return answer && ids.find((id) => of(view, id).some(({ line }) => line === answer.line.line));
  }),
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
  // Lamps whose connections break off again and again have waits that are wrong.
  explains: ['unwritable-packet'],
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
