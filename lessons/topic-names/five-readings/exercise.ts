import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { visible } from '../../../sandbox/checks/spaces.ts';
import {
  delivered,
  over,
  packets,
  published,
  refusedFrom,
  sentNoConnect,
  swapped,
} from '../../../sandbox/checks/view.ts';

const STATION = 'station';
const SCREEN = 'farm-screen';
const WANTED = [
  'farm/barn/temperature',
  'farm/barn/door',
  'farm/alarm/siren',
  'farm/pond/level',
  'farm/stable/light',
];

const sent = (view: View): string[] => published(view, STATION).map(({ packet }) => packet.topic);
/** Topics of the five whose reading came from the station and reached the screen. */
const arrived = (view: View): string[] => {
  const topics = new Set(sent(view));
  return delivered(view, SCREEN)
    .map(({ packet }) => packet.topic)
    .filter((topic) => topics.has(topic));
};
const missing = (view: View): string[] => {
  const there = new Set(arrived(view));
  return WANTED.filter((topic) => !there.has(topic));
};
const allArrived = (view: View) => missing(view).length === 0;

const levels = (topic: string) => topic.split('/').filter((level) => level !== '');
const without = (text: string) => text.replaceAll(/\s/g, '');

type Alike = (topic: string, wanted: string) => boolean;
/** The ways in which a topic may differ from the one that was meant. */
const ways: Record<string, Alike> = {
  case: (topic, wanted) => topic.toLowerCase() === wanted,
  'leading-slash': (topic, wanted) => topic === `/${wanted}`,
  'trailing-slash': (topic, wanted) => topic === `${wanted}/`,
  space: (topic, wanted) => topic !== wanted && without(topic) === wanted,
  'empty-level': (topic, wanted) => levels(topic).join('/') === wanted,
  several: (topic, wanted) => levels(without(topic).toLowerCase()).join('/') === wanted,
};

/** A topic that reached nobody, and the one that it was to be. */
function nearly(view: View, alike: Alike): HintValues | false {
  // A connection that was closed comes first: what is behind it may not have been sent.
  if (refusedFrom(view, STATION).length > 0) return false;
  for (const wanted of missing(view)) {
    const topic = sent(view).find((each) => each !== wanted && alike(each, wanted));
    if (topic !== undefined) return { topic: visible(topic), wanted };
  }
  return false;
}
const extra = (view: View): string | undefined =>
  sent(view).find((topic) => !WANTED.includes(topic));

const exercise: Exercise = {
  devices: ['station.ts'],
  panels: ['stage', 'packets', 'topics'],
  scene: {
    actors: [{ name: SCREEN, subscribes: WANTED.map((filter) => ({ filter })) }],
  },
  checks: [
    {
      id: 'arrived',
      holds: allArrived,
      hints: [
        { id: 'no-connect', when: (view) => sentNoConnect(view, STATION) },
        ...Object.entries(ways).map(([id, alike]) => ({
          id,
          when: (view: View) => nearly(view, alike),
        })),
        swapped(STATION, (text) => WANTED.includes(text)),
        ...stopped(STATION),
        {
          id: 'subscribed-instead',
          when: (view) =>
            over(view, STATION) &&
            sent(view).length === 0 &&
            packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: STATION }).length > 0,
        },
        {
          id: 'other-topic',
          when: (view) => {
            const [wanted] = missing(view);
            const topic = extra(view);
            const isRefused = refusedFrom(view, STATION).length > 0;
            if (isRefused || !over(view, STATION) || wanted === undefined) return false;
            return topic !== undefined && { topic: visible(topic), wanted };
          },
        },
        {
          id: 'not-published',
          when: (view) => {
            const [wanted] = missing(view);
            const isRefused = refusedFrom(view, STATION).length > 0;
            return over(view, STATION) && !isRefused && wanted !== undefined && { wanted };
          },
        },
      ],
    },
    {
      // [MQTT-3.3.2-2], [MQTT-4.7.3-1], [MQTT-1.5.3-2]
      id: 'open',
      holds: (view) => sent(view).length > 0 && refusedFrom(view, STATION).length === 0,
      hints: [
        {
          id: 'wildcard',
          when: (view) => refusedFrom(view, STATION)[0]?.rule === 'topic-wildcard',
        },
        {
          id: 'invalid',
          when: (view) => {
            const [entry] = refusedFrom(view, STATION);
            return entry ? { statement: entry.statement } : false;
          },
        },
      ],
    },
    {
      id: 'nothing-else',
      holds: (view) => allArrived(view) && extra(view) === undefined,
      hints: [
        {
          id: 'for-nobody',
          when: (view) => {
            const topic = extra(view);
            return allArrived(view) && topic !== undefined && { topic: visible(topic) };
          },
        },
      ],
    },
  ],
};

export default exercise;
