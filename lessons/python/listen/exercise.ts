import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { LineOpenedEntry } from '../../../sandbox/protocol/trace.ts';
import { over, packets, published, type Seen } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { secondsOf } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/livingroom/temperature';
const DEVICE = 'thermometer';
/** Milliseconds in which paho has long called on_connect after CONNACK, and connected again after a cut. */
const SOON = 2500;
/** Milliseconds in which Python has ended after an error, on a slow machine too. */
const AT_ONCE = 6000;

/** Each of the learner's lines that the broker accepted, with what went over it. */
function accepted(view: View) {
  return packets(view, { kind: 'CONNACK', direction: 'to-client', role: 'outside' })
    .filter(({ packet }) => packet.reasonCode === 0)
    .map(({ line, entry }) => ({
      line,
      at: entry.at,
      asked: packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', role: 'outside' }).filter(
        (seen) => seen.line.line === line.line,
      ),
      heard: packets(view, {
        kind: 'PUBLISH',
        direction: 'to-client',
        role: 'outside',
        topic: TOPIC,
      }).some((seen) => seen.line.line === line.line),
    }));
}
/** The SUBSCRIBEs of connections that came back, and heard a temperature. */
const comebacks = (view: View) =>
  accepted(view)
    .filter(({ heard }) => heard)
    .slice(1)
    .flatMap(({ asked }) => asked.slice(0, 1).map(({ entry }) => entry));
const closedBy = (view: View, { line }: LineOpenedEntry) =>
  view.entries.find((entry) => entry.type === 'line-closed' && entry.line === line);
const saidGoodbye = (view: View, { line }: LineOpenedEntry): boolean =>
  packets(view, { kind: 'DISCONNECT', direction: 'to-broker', role: 'outside' }).some(
    (seen) => seen.line.line === line,
  );
/** The learner's CONNECTs: who leaves at once may have no CONNACK. */
const came = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', role: 'outside' });
/** It asked for nothing, and was gone without DISCONNECT. */
function leftAtOnce(view: View, { line, entry }: Seen): boolean {
  const closed = closedBy(view, line);
  const kinds = packets(view, { direction: 'to-broker', role: 'outside' })
    .filter((seen) => seen.line.line === line.line)
    .map(({ packet }) => packet.kind);
  const isBare = !kinds.includes('SUBSCRIBE') && !kinds.includes('DISCONNECT');
  return isBare && closed !== undefined && closed.at - entry.at < AT_ONCE;
}
/** What was to come at `at` would have come, or nothing more will. */
const longAfter = (view: View, at: number): boolean =>
  over(view, DEVICE) || (view.now ?? view.entries.at(-1)?.at ?? 0) - at > SOON;

const exercise: Exercise = {
  devices: ['thermometer.ts'],
  // Nobody else subscribes, so this strikes the learner's line, once: the first message still
  // arrives, then the line is cut.
  scene: { faults: [{ direction: 'to-client', kind: 'PUBLISH', action: { do: 'cut' } }] },
  panels: ['stage', 'wire', 'packets'],
  checks: [
    {
      id: 'heard',
      holds: (view) => accepted(view).some(({ heard }) => heard),
      hints: [
        {
          // A callback that raises an error ends the program: its line closes without DISCONNECT.
          id: 'callback-failed',
          when: (view) => came(view).some((seen) => leftAtOnce(view, seen)),
        },
        {
          id: 'another-filter',
          when: (view) => {
            const filters = accepted(view).flatMap(({ asked }) =>
              asked.flatMap(({ packet }) => packet.subscriptions.map((one) => one.filter)),
            );
            const [filter] = filters;
            const isNone = filters.every((one) => !matches(one, TOPIC));
            return filter !== undefined && isNone && { filter };
          },
        },
        {
          id: 'too-early',
          when: (view) =>
            accepted(view).some(
              ({ line, asked, at }) =>
                asked.length === 0 && (longAfter(view, at) || saidGoodbye(view, line)),
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
      holds: (view) => accepted(view).filter(({ heard }) => heard).length > 1,
      hints: [
        {
          id: 'subscribed-once',
          when: (view) => {
            const [first, ...later] = accepted(view);
            return (
              first?.heard === true &&
              later.some(({ asked, at }) => asked.length === 0 && longAfter(view, at))
            );
          },
        },
        {
          id: 'not-back',
          when: (view) => {
            const [first, second] = accepted(view);
            if (first?.heard !== true || second) return false;
            const closed = closedBy(view, first.line);
            const isGone = closed !== undefined && longAfter(view, closed.at);
            return isGone || over(view, DEVICE) || saidGoodbye(view, first.line);
          },
        },
      ],
    },
  ],
  proof: (view) => ({ at: secondsOf(comebacks(view)[0]!) }),
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
