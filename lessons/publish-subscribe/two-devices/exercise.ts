import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import {
  deliveredFrom,
  over,
  packets,
  published,
  swapped,
  type Seen,
} from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/livingroom/temperature';
const THERMOMETER = 'thermometer';
const PHONE = 'phone';

const textOf = ({ packet }: Seen<PublishPacket>) => new TextDecoder().decode(packet.payload);
/** What JavaScript makes of an object where a text is wanted. */
const isObjectObject = (message: Seen<PublishPacket>) => textOf(message) === '[object Object]';

/** A word alone, such as `reading`: in each form a reading has numbers. */
const isWord = (message: Seen<PublishPacket>) =>
  textOf(message) !== '' && !isObjectObject(message) && !/\d/.test(textOf(message));
const isReadable = (message: Seen<PublishPacket>) =>
  textOf(message) !== '' && !isObjectObject(message) && !isWord(message);

/** Readings that somebody could read. */
const readings = (view: View) =>
  published(view, THERMOMETER).filter(
    (message) => message.packet.topic === TOPIC && isReadable(message),
  );

/** Filters that a device asked for. */
const filtersOf = (view: View, device: string) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: device }).flatMap(({ packet }) =>
    packet.subscriptions.map(({ filter }) => filter),
  );
const asksForReadings = (view: View, device: string) =>
  filtersOf(view, device).some((filter) => matches(filter, TOPIC));

/** From the SUBACK that granted the readings to the end of that line: when the phone could hear. */
function listening(view: View): { from: number; to: number }[] {
  if (!asksForReadings(view, PHONE)) return [];
  return packets(view, { kind: 'SUBACK', direction: 'to-client', name: PHONE })
    .filter(({ packet }) => packet.reasonCodes.some((code) => code < 128))
    .map(({ entry, line }) => {
      const end = view.entries.find(
        (other) => other.type === 'line-closed' && other.line === line.line,
      );
      return { from: entry.n, to: end?.n ?? Infinity };
    });
}
const unheard = (view: View) => {
  const spans = listening(view);
  return readings(view).filter(
    ({ entry }) => !spans.some(({ from, to }) => entry.n > from && entry.n < to),
  );
};
/** Seconds from the first reading to the last. */
const lasted = (view: View): string => {
  const all = readings(view);
  return ((all.at(-1)!.entry.at - all[0]!.entry.at) / 1000).toFixed(1);
};
const heard = (view: View) => deliveredFrom(view, THERMOMETER, PHONE, TOPIC).filter(isReadable);

/** One of the two programs has taken the other's part, and the other does nothing. */
function oneForBoth(view: View): HintValues | false {
  const both = [THERMOMETER, PHONE].find(
    (device) => asksForReadings(view, device) && published(view, device).length > 0,
  );
  return both === undefined ? false : { device: `${both}.ts` };
}

const exercise: Exercise = {
  devices: ['thermometer.ts', 'phone.ts'],
  scene: {},
  checks: [
    {
      id: 'published',
      holds: (view) => readings(view).length > 0,
      hints: [
        { id: 'one-client', when: oneForBoth },
        {
          id: 'object-object',
          when: (view) => published(view, THERMOMETER).some(isObjectObject),
        },
        swapped(THERMOMETER, (text) => text === TOPIC),
        {
          id: 'wrong-topic',
          when: (view) => {
            const wrong = published(view, THERMOMETER).find(({ packet }) => packet.topic !== TOPIC);
            return wrong ? { topic: wrong.packet.topic } : false;
          },
        },
        {
          id: 'empty-reading',
          when: (view) => published(view, THERMOMETER).some((message) => textOf(message) === ''),
        },
        {
          id: 'word',
          when: (view) => {
            const word = published(view, THERMOMETER).find(isWord);
            return word ? { payload: quote(word.packet.payload) } : false;
          },
        },
        ...stopped(THERMOMETER),
        { id: 'not-published', when: (view) => over(view, THERMOMETER) },
      ],
    },
    {
      id: 'subscribed',
      holds: (view) => listening(view).length > 0,
      hints: [
        { id: 'one-client', when: oneForBoth },
        {
          // 3.1.1, section 4.7.1: each wildcard stands for whole levels.
          id: 'wildcard-too-short',
          when: (view) => {
            const filter = filtersOf(view, PHONE).find((each) => /[+#]/.test(each));
            return filter === undefined ? false : { filter };
          },
        },
        {
          id: 'wrong-filter',
          when: (view) => {
            const [filter] = filtersOf(view, PHONE);
            return filter === undefined ? false : { filter };
          },
        },
        ...stopped(PHONE),
        // The phone may still be off while the thermometer runs.
        { id: 'not-subscribed', when: (view) => over(view, THERMOMETER) || over(view, PHONE) },
      ],
    },
    {
      id: 'delivered',
      holds: (view) => heard(view).length > 0,
      hints: [
        {
          id: 'too-late',
          when: (view) => {
            const [first] = listening(view);
            const last = readings(view).at(-1);
            if (!first || !last || !over(view, THERMOMETER)) return false;
            return last.entry.n < first.from && { seconds: lasted(view) };
          },
        },
        {
          id: 'left-at-once',
          when: (view) =>
            readings(view).length > 0 &&
            listening(view).length > 0 &&
            over(view, THERMOMETER) &&
            over(view, PHONE),
        },
      ],
    },
    {
      // 3.1.1 [MQTT-3.1.2-6], [MQTT-3.3.1-12]: nobody kept it for the phone.
      id: 'missed',
      holds: (view) => {
        const [missed] = unheard(view);
        if (!missed) return false;
        return heard(view).some(({ entry, packet }) => entry.n > missed.entry.n && !packet.retain);
      },
      hints: [
        {
          // The phone was listening before the first reading.
          id: 'never-away',
          when: (view) => {
            const [first] = listening(view);
            const [reading] = readings(view);
            if (!first || !reading || !over(view, THERMOMETER)) return false;
            return heard(view).length > 0 && reading.entry.n > first.from;
          },
        },
      ],
    },
  ],
  proof: (view) => ({
    reading: quote(heard(view)[0]!.packet.payload),
    missed: unheard(view).length,
  }),
  predictions: [
    {
      id: 'late',
      measure: (view) => {
        const [first] = heard(view);
        const [missed] = unheard(view);
        if (!first || !missed || first.packet.retain) return undefined;
        return { answer: 2, values: { first: quote(first.packet.payload) }, entry: first.entry.n };
      },
    },
  ],
};

export default exercise;
