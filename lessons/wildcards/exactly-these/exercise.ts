import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { delivered, over, packets } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const SCREEN = 'screen';
const WANTED = [
  'home/kitchen/temperature',
  'home/bedroom/temperature',
  'garden',
  'garden/gate',
  'garden/pond/level',
];
/** Each is what one filter too wide would bring. */
const UNWANTED = [
  'home/kitchen/light',
  'home/bedroom/window/state',
  'home/temperature',
  'office/desk/temperature',
];
const FEWEST = 2;

const filtersOf = (view: View): string[] => [
  ...new Set(
    packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: SCREEN }).flatMap(
      ({ packet }) => packet.subscriptions.map(({ filter }) => filter),
    ),
  ),
];
const arrived = (view: View): string[] => delivered(view, SCREEN).map(({ packet }) => packet.topic);
const allArrived = (view: View): boolean => {
  const topics = new Set(arrived(view));
  return WANTED.every((topic) => topics.has(topic));
};
const unwantedArrived = (view: View): string | undefined =>
  arrived(view).find((topic) => !WANTED.includes(topic));

/** Number of the entry with which the broker agreed to the last filter. */
const lastGranted = (view: View): number =>
  packets(view, { kind: 'SUBACK', direction: 'to-client', name: SCREEN }).at(-1)?.entry.n ??
  Infinity;

/** Topics that somebody has published since the last filter was granted: silence about them counts. */
function heardSince(view: View, n: number): Set<string> {
  const published = packets(view, { kind: 'PUBLISH', direction: 'to-broker', role: 'actor' });
  return new Set(published.filter(({ entry }) => entry.n > n).map(({ packet }) => packet.topic));
}
/** The five, and no other although somebody has published them all. */
function exactlyThese(view: View): boolean {
  if (!allArrived(view) || unwantedArrived(view) !== undefined) return false;
  const heard = heardSince(view, lastGranted(view));
  return UNWANTED.every((topic) => heard.has(topic));
}
const levels = (text: string): number => text.split('/').length;

/** A filter that fits the beginning of a wanted topic and ends before the topic does. */
function oneLevelShort(view: View): HintValues | false {
  for (const filter of filtersOf(view)) {
    if (!filter.endsWith('+')) continue;
    const topic = WANTED.find(
      (wanted) =>
        levels(wanted) > levels(filter) &&
        matches(filter, wanted.split('/').slice(0, levels(filter)).join('/')) &&
        !filtersOf(view).some((other) => matches(other, wanted)),
    );
    if (topic !== undefined) return { filter, topic };
  }
  return false;
}

const exercise: Exercise = {
  devices: ['screen.ts'],
  scene: {
    actors: [
      {
        name: 'house',
        publishes: [
          { topic: 'home/kitchen/temperature', payload: '22.5', everyMs: 500 },
          { topic: 'home/kitchen/light', payload: 'on', everyMs: 500 },
          { topic: 'home/bedroom/temperature', payload: '18.0', everyMs: 500 },
          { topic: 'home/bedroom/window/state', payload: 'open', everyMs: 500 },
          { topic: 'home/temperature', payload: '20.3', everyMs: 500 },
          { topic: 'office/desk/temperature', payload: '24.1', everyMs: 500 },
        ],
      },
      {
        name: 'garden',
        publishes: [
          { topic: 'garden', payload: 'dry', everyMs: 500 },
          { topic: 'garden/gate', payload: 'closed', everyMs: 500 },
          { topic: 'garden/pond/level', payload: '61', everyMs: 500 },
        ],
      },
    ],
  },
  checks: [
    {
      id: 'all',
      holds: allArrived,
      hints: [
        {
          // MQTT.js keeps back a filter that breaks 3.1.1 [MQTT-4.7.1-2] or [MQTT-4.7.1-3].
          id: 'invalid-filter',
          when: (view) => over(view, SCREEN) && filtersOf(view).length === 0,
        },
        {
          id: 'one-text',
          when: (view) => {
            const filter = filtersOf(view).find((each) => /[,;]/.test(each));
            return filter === undefined ? false : { filter };
          },
        },
        { id: 'one-level-short', when: oneLevelShort },
        ...stopped(SCREEN),
        {
          id: 'not-asked',
          when: (view) => {
            const filters = filtersOf(view);
            const heard = heardSince(view, lastGranted(view));
            const topic = WANTED.find(
              (wanted) => heard.has(wanted) && !filters.some((filter) => matches(filter, wanted)),
            );
            return topic === undefined ? false : { topic, filters: filters.join('  ') };
          },
        },
        {
          id: 'left-early',
          when: (view) => over(view, SCREEN) && filtersOf(view).length > 0,
        },
      ],
    },
    {
      id: 'nothing-else',
      holds: exactlyThese,
      hints: [
        {
          id: 'too-much',
          // What is missing comes first; one thing at a time.
          when: (view) => {
            if (!allArrived(view)) return false;
            const topic = unwantedArrived(view);
            const filter = filtersOf(view).find((each) => topic && matches(each, topic));
            return topic && filter ? { topic, filter } : false;
          },
        },
        {
          id: 'left-early',
          when: (view) =>
            over(view, SCREEN) && allArrived(view) && unwantedArrived(view) === undefined,
        },
      ],
    },
    {
      id: 'fewest',
      holds: (view) => exactlyThese(view) && filtersOf(view).length <= FEWEST,
      hints: [
        {
          id: 'too-many-filters',
          when: (view) =>
            exactlyThese(view) && filtersOf(view).length > FEWEST
              ? { count: filtersOf(view).length }
              : false,
        },
      ],
    },
  ],
  proof: (view) => ({ filters: quote(filtersOf(view).join(', ')) }),
};

export default exercise;
