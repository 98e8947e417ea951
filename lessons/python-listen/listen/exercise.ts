import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { over, published } from '../../../sandbox/checks/view.ts';
import { timeOf, visits, type Visit } from '../../../sandbox/checks/outside.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { secondsOf } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/livingroom/temperature';
const HEATER = 'home/livingroom/heater/set';
const DEVICE = 'thermometer';
/** Below it the heater is switched on, else off; °C. */
const LIMIT = 21;
/** Milliseconds in which paho has long called on_connect after CONNACK, and connected again after a cut. */
const SOON = 2500;
/** Milliseconds in which Python has ended after an error, on a slow machine too. */
const AT_ONCE = 6000;

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);
const hasHeard = ({ received }: Visit): boolean =>
  received.some(({ packet }) => packet.topic === TOPIC);
const accepted = (view: View) => visits(view).filter((visit) => visit.accepted !== undefined);
const filtersOf = (visit: Visit): string[] =>
  visit.asked.flatMap(({ packet }) => packet.subscriptions.map(({ filter }) => filter));
/** The SUBSCRIBEs of connections that came back, and heard a temperature. */
const comebacks = (view: View) =>
  accepted(view)
    .filter(hasHeard)
    .slice(1)
    .flatMap(({ asked }) => asked.slice(0, 1).map(({ entry }) => entry));
/** It asked for nothing, and was gone without DISCONNECT: who leaves at once may have no CONNACK. */
const leftAtOnce = ({ came, closed, asked, hasLeft }: Visit): boolean =>
  asked.length === 0 && !hasLeft && closed !== undefined && closed - came < AT_ONCE;
/** What was to come at `at` would have come, or nothing more will. */
const longAfter = (view: View, at: number): boolean =>
  over(view, DEVICE) || timeOf(view) - at > SOON;

interface Answer {
  word: string;
  /** The temperature that this connection received last before it; °C. */
  celsius: number;
  isRight: boolean;
}
/** What a connection published for the heater once it had received a temperature. */
function answersOf({ sent, received }: Visit): Answer[] {
  return sent.flatMap(({ packet, entry }) => {
    const before = received.findLast((one) => one.entry.n < entry.n && one.packet.topic === TOPIC);
    if (packet.topic !== HEATER || !before) return [];
    const [word, celsius] = [text(packet.payload), Number(text(before.packet.payload))];
    return [{ word, celsius, isRight: word === (celsius < LIMIT ? 'on' : 'off') }];
  });
}
/** Of the connection that came last: a program that was mended comes with a new one. */
const lastAnswers = (view: View): Answer[] => accepted(view).slice(-1).flatMap(answersOf);
/** It said both words, each when it was right. */
function regulates(visit: Visit): boolean {
  const all = answersOf(visit);
  const words = new Set(all.map(({ word }) => word));
  return words.size === 2 && all.every(({ isRight }) => isRight);
}
const sentByLearner = (view: View) => accepted(view).flatMap(({ sent }) => sent);

const exercise: Exercise = {
  devices: ['thermometer.ts'],
  // The thermometer receives nothing before the learner's program has answered, so this strikes the
  // learner's line, once: the first message still arrives, then the line is cut.
  scene: { faults: [{ direction: 'to-client', kind: 'PUBLISH', action: { do: 'cut' } }] },
  panels: ['stage', 'wire', 'packets'],
  checks: [
    {
      id: 'heard',
      holds: (view) => accepted(view).some(hasHeard),
      hints: [
        {
          // A callback that raises an error ends the program: its line closes without DISCONNECT.
          id: 'callback-failed',
          when: (view) => visits(view).some(leftAtOnce),
        },
        {
          id: 'another-filter',
          when: (view) => {
            const filters = accepted(view).flatMap(filtersOf);
            const [filter] = filters;
            const isNone = filters.every((one) => !matches(one, TOPIC));
            return filter !== undefined && isNone && { filter };
          },
        },
        {
          id: 'too-early',
          when: (view) =>
            accepted(view).some(
              ({ asked, accepted: at = 0, hasLeft }) =>
                asked.length === 0 && (longAfter(view, at) || hasLeft),
            ),
        },
        {
          // Whatever stops a program before it connects is not seen here: Python says it there.
          id: 'no-client',
          when: (view) =>
            accepted(view).length === 0 &&
            (over(view, DEVICE) || published(view, DEVICE).length > 0),
        },
      ],
    },
    {
      id: 'again',
      holds: (view) => accepted(view).filter(hasHeard).length > 1,
      hints: [
        {
          id: 'subscribed-once',
          when: (view) => {
            const [first, ...later] = accepted(view);
            return (
              first !== undefined &&
              hasHeard(first) &&
              later.some(({ asked, accepted: at = 0 }) => asked.length === 0 && longAfter(view, at))
            );
          },
        },
        {
          // More than one came over the first connection, so another was cut: it had published before.
          id: 'cut-elsewhere',
          when: (view) => {
            const [first] = accepted(view);
            return first !== undefined && hasHeard(first) && first.received.length > 1;
          },
        },
        {
          id: 'not-back',
          when: (view) => {
            const [first, second] = accepted(view);
            if (first === undefined || !hasHeard(first) || second) return false;
            const isGone = first.closed !== undefined && longAfter(view, first.closed);
            return isGone || first.hasLeft || over(view, DEVICE);
          },
        },
      ],
    },
    {
      id: 'answers',
      holds: (view) => accepted(view).some(regulates),
      hints: [
        {
          // `home/#` matches what the program itself publishes.
          id: 'own-answer',
          when: (view) =>
            accepted(view).some(
              (one) =>
                one.closed !== undefined &&
                !one.hasLeft &&
                one.received.at(-1)?.packet.topic === HEATER,
            ),
        },
        {
          id: 'answers-wrong',
          when: (view) => {
            const wrong = lastAnswers(view).find(
              ({ word, isRight }) => !isRight && ['on', 'off'].includes(word),
            );
            return wrong !== undefined && { word: wrong.word, celsius: wrong.celsius.toFixed(1) };
          },
        },
        {
          id: 'another-word',
          when: (view) => {
            const wrong = lastAnswers(view).find(({ isRight }) => !isRight);
            return wrong !== undefined && { word: wrong.word };
          },
        },
        {
          id: 'answers-elsewhere',
          when: (view) => {
            const [other] = sentByLearner(view).filter(({ packet }) => packet.topic !== HEATER);
            return other !== undefined && { topic: other.packet.topic };
          },
        },
        {
          id: 'ended-after',
          when: (view) => {
            const { closed, received = [] } = accepted(view).at(-1) ?? {};
            const heard = received.at(-1);
            if (closed === undefined || !heard || !longAfter(view, closed)) return false;
            return closed - heard.entry.at < SOON;
          },
        },
        {
          id: 'one-word',
          when: (view) => {
            const said = lastAnswers(view).at(-1);
            const heard = accepted(view).at(-1)?.received.at(-1);
            if (!said || !heard || !longAfter(view, heard.entry.at)) return false;
            return { word: said.word };
          },
        },
        {
          id: 'no-answer',
          when: (view) => {
            const heard = accepted(view).at(-1)?.received.at(-1);
            return heard === undefined || longAfter(view, heard.entry.at);
          },
        },
      ],
    },
  ],
  proof: (view) => ({
    at: secondsOf(comebacks(view)[0]!),
    count: accepted(view).flatMap(answersOf).length,
  }),
  predictions: [
    {
      id: 'where',
      measure: (view) => {
        const [back] = comebacks(view);
        return back && { answer: 1, values: { at: secondsOf(back) }, entry: back.n };
      },
    },
  ],
};

export default exercise;
