import { quote } from '../../../sandbox/checks/quote.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn, visible } from '../../../sandbox/checks/steps.ts';
import { delivered, over, published } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';

const HISTORY = 'history';
const MUSEUM = 'museum';
/** The cards whose document has a date. */
const DATED = { oasis: 2014, iso: 2016, five: 2019 };
/** Those that are counted from another. */
const COUNTED = { pipeline: 1999, free: 2010, messenger: 2011 };
const YEARS = { ...DATED, ...COUNTED };
type Card = keyof typeof YEARS;
const isCard = (text: string): text is Card => Object.hasOwn(YEARS, text);

interface Placed {
  topic: string;
  text: string;
}
const placed = (view: View): Placed[] =>
  published(view, HISTORY).map(({ packet }) => ({
    topic: packet.topic,
    text: new TextDecoder().decode(packet.payload),
  }));
const topicOf = (card: Card) => `timeline/${YEARS[card]}`;
/** A card in another year than its own. */
const wrong = (view: View, cards: readonly string[]): Placed | undefined =>
  placed(view).find(
    ({ topic, text }) =>
      isCard(text) &&
      cards.includes(text) &&
      /^timeline\/\d+$/.test(topic) &&
      topic !== topicOf(text),
  );
const missing = (view: View, cards: object): string | undefined => {
  const all = placed(view);
  return Object.keys(cards).find(
    (card) => !all.some(({ topic, text }) => text === card && topic === topicOf(card as Card)),
  );
};
const arePlaced = (view: View, cards: object): boolean =>
  missing(view, cards) === undefined && wrong(view, Object.keys(cards)) === undefined;
/** The museum shows one card for each year. */
const shown = (view: View): number =>
  new Set(delivered(view, MUSEUM).map(({ packet }) => packet.topic)).size;

const misplaced = (id: string, ...cards: Card[]): Hint => ({
  id,
  when(view) {
    const found = wrong(view, cards);
    return found !== undefined && { card: found.text, year: found.topic.split('/')[1]! };
  },
});
/** Something that isn't a card, or not on the time line. */
const strange: Hint[] = [
  ...stopped(HISTORY),
  {
    id: 'other-topic',
    when(view) {
      const other = placed(view).find(({ topic }) => !/^timeline\/\d+$/.test(topic));
      return other !== undefined && { topic: visible(quote(other.topic)) };
    },
  },
  {
    id: 'no-card',
    when(view) {
      const other = placed(view).find(({ text }) => !isCard(text));
      return other !== undefined && { text: visible(quote(other.text)) };
    },
  },
];

const exercise: Exercise = {
  devices: ['history.ts'],
  panels: ['output', 'stage', 'packets'],
  scene: {
    // It speaks MQTT 3.1, as programs did before the standard.
    actors: [{ name: MUSEUM, version: 3, subscribes: [{ filter: 'timeline/+' }] }],
    retained: [
      { topic: 'archive/five', payload: 'MQTT Version 5.0. OASIS Standard, 07 March 2019' },
      { topic: 'archive/iso', payload: 'ISO/IEC 20922:2016, MQTT v3.1.1' },
      { topic: 'archive/oasis', payload: 'MQTT Version 3.1.1. OASIS Standard, 29 October 2014' },
      { topic: 'archive/pipeline', payload: 'Oil pipelines by satellite: 20 years before 5.0' },
      {
        topic: 'archive/free',
        payload: 'Version 3.1, free of royalties: 11 years after the pipelines',
      },
      {
        topic: 'archive/messenger',
        payload: 'Facebook Messenger uses MQTT: one year after 3.1 became free',
      },
    ],
  },
  checks: inTurn([
    {
      id: 'dated',
      holds: (view) => arePlaced(view, DATED),
      hints: [
        misplaced('dated-year', 'oasis', 'iso', 'five'),
        ...strange,
        {
          id: 'dated-missing',
          when(view) {
            const card = missing(view, DATED);
            return over(view, HISTORY) && card !== undefined && { card };
          },
        },
      ],
    },
    {
      id: 'counted',
      holds: (view) => arePlaced(view, COUNTED),
      hints: [
        {
          id: 'joined-years',
          when(view) {
            const found = wrong(view, Object.keys(COUNTED));
            const year = found?.topic.split('/')[1] ?? '';
            return found !== undefined && year.length > 4 && { card: found.text, year };
          },
        },
        misplaced('pipeline-year', 'pipeline'),
        misplaced('free-year', 'free'),
        misplaced('messenger-year', 'messenger'),
        ...strange,
        {
          id: 'counted-missing',
          when(view) {
            const card = missing(view, COUNTED);
            return over(view, HISTORY) && card !== undefined && { card };
          },
        },
      ],
    },
    {
      id: 'shown',
      holds: (view) =>
        shown(view) === Object.keys(YEARS).length && placed(view).every(({ text }) => isCard(text)),
      hints: strange,
    },
  ]),
  proof: (view) => ({
    bytes: published(view, HISTORY).reduce((sum, { packet }) => sum + packet.length, 0),
  }),
  predictions: [
    {
      id: 'price',
      measure(view) {
        const first = published(view, HISTORY, 'timeline/2014').find(
          ({ packet }) => packet.version === 4 && packet.qos === 0,
        );
        if (first === undefined) return undefined;
        const { length, topic, payload } = first.packet;
        const own = new TextEncoder().encode(topic).length + payload.length;
        const values = { bytes: length - own, all: length };
        return { answer: 0, values, entry: first.entry.n };
      },
    },
  ],
};

export default exercise;
