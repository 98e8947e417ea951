import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import {
  delivered,
  hasFailed,
  over,
  packets,
  published,
  refusedFrom,
  type Seen,
} from '../../../sandbox/checks/view.ts';
import { visible } from '../../../sandbox/checks/steps.ts';

const READINGS = 20;
const THERMOMETER = 'thermometer';
const DASHBOARD = 'dashboard';
const READING = 'greenhouse/temperature';
const ANSWER = 'greenhouse/missing';
/** What the dashboard publishes so that the thermometer begins. */
const READY = 'greenhouse/dashboard';

const textOf = ({ packet }: Seen<PublishPacket>) => new TextDecoder().decode(packet.payload);
/** The number of a reading; undefined if the payload is none. */
function numberOf(seen: Seen<PublishPacket>): number | undefined {
  try {
    const { n } = JSON.parse(textOf(seen)) as { n: unknown };
    return typeof n === 'number' ? n : undefined;
  } catch {
    return undefined;
  }
}
const numbers = (all: Seen<PublishPacket>[]) =>
  new Set(all.map(numberOf).filter((n) => n !== undefined));

/** What the thermometer sent, the lost ones too: it can't tell them apart. */
const sent = (view: View) =>
  packets(view, {
    kind: 'PUBLISH',
    direction: 'to-broker',
    name: THERMOMETER,
    topic: READING,
    lost: true,
  });
/** What the broker passed on to the dashboard. */
const arrived = (view: View) => delivered(view, DASHBOARD, READING);
/** Those sent while the connection was breaking are in no trace: the last one decides. */
const isAllSent = (view: View) => numbers(sent(view)).has(READINGS);
/** After the last reading nothing more comes. */
const lastArrived = (view: View) => arrived(view).find((seen) => numberOf(seen) === READINGS);

/** Numbers of the readings that never reached the broker. */
function missing(view: View): number[] {
  const there = numbers(published(view, THERMOMETER, READING));
  return Array.from({ length: READINGS }, (_, at) => at + 1).filter((n) => !there.has(n));
}
const answers = (view: View) => published(view, DASHBOARD, ANSWER);
/** The last answer as a number; undefined if it is none. */
function answerOf(view: View): number | undefined {
  const last = answers(view).at(-1);
  const text = last ? textOf(last).trim() : '';
  return /^\d+$/.test(text) ? Number(text) : undefined;
}
/** Filters to which the dashboard subscribed, in order. */
const filters = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: DASHBOARD }).flatMap(
    ({ packet }) => packet.subscriptions.map(({ filter }) => filter),
  );
/** Readings that the broker had before the dashboard asked for them. */
const before = (view: View) =>
  numbers(published(view, THERMOMETER, READING)).size - numbers(arrived(view)).size;

/** Wrong in just one way, once all readings are through. */
const isWrongBy = (view: View, wrong: (right: number) => number) => {
  const said = answerOf(view);
  const right = missing(view).length;
  return right > 0 && lastArrived(view) !== undefined && said !== right && said === wrong(right);
};
/** Runs of missing readings: a gap of four is one. */
const gaps = (view: View) => {
  const all = missing(view);
  return all.filter((n) => !all.includes(n - 1)).length;
};
/** Between the reading before a gap and the one after it the difference is one more. */
const withBothEnds = (view: View) => missing(view).length + gaps(view);

const countArrived = (view: View) =>
  lastArrived(view) && missing(view).length > 0
    ? { answer: 2, values: { count: numbers(arrived(view)).size } }
    : undefined;

const sending = { client: THERMOMETER, direction: 'to-broker', kind: 'PUBLISH' } as const;

const exercise: Exercise = {
  devices: ['dashboard.ts', 'thermometer.ts'],
  scene: {
    faults: [
      // The network fails: what is on its way is gone, and the connection with it.
      { ...sending, after: 2, times: 3, action: { do: 'drop' } },
      { ...sending, after: 5, action: { do: 'drop-and-cut' } },
    ],
  },
  checks: [
    {
      id: 'sent',
      holds: (view) => isAllSent(view) && sent(view).every(({ packet }) => packet.qos === 0),
      hints: [
        {
          id: 'not-qos-0',
          when: (view) => {
            const other = sent(view).find(({ packet }) => packet.qos > 0);
            return other ? { qos: other.packet.qos } : false;
          },
        },
        {
          id: 'not-numbered',
          when: (view) => {
            const other = sent(view).find((seen) => numberOf(seen) === undefined);
            return other ? { payload: textOf(other) } : false;
          },
        },
        {
          id: 'not-begun',
          when: (view) =>
            sent(view).length === 0 &&
            !hasFailed(view, DASHBOARD) &&
            (over(view, THERMOMETER) || over(view, DASHBOARD)) &&
            published(view, DASHBOARD, READY).length === 0,
        },
        {
          id: 'few-sent',
          when: (view) =>
            over(view, THERMOMETER) &&
            !hasFailed(view, DASHBOARD) && { count: numbers(sent(view)).size },
        },
      ],
    },
    {
      id: 'missing',
      holds: (view) => lastArrived(view) !== undefined && answerOf(view) === missing(view).length,
      hints: [
        {
          id: 'refused',
          when: (view) => {
            const [first] = refusedFrom(view, DASHBOARD);
            return first ? { rule: first.statement } : false;
          },
        },
        ...stopped(DASHBOARD),
        {
          id: 'not-subscribed',
          when: (view) =>
            isAllSent(view) &&
            over(view, THERMOMETER) &&
            arrived(view).length === 0 &&
            !filters(view).some((filter) => filter === READING || /[+#]/.test(filter)) && {
              filter: visible(filters(view).join(', ')) || '–',
            },
        },
        {
          id: 'left-early',
          when: (view) =>
            isAllSent(view) &&
            over(view, DASHBOARD) &&
            lastArrived(view) === undefined && { count: numbers(arrived(view)).size },
        },
        {
          id: 'wrong-topic',
          when: (view) => {
            const other = published(view, DASHBOARD).find(
              ({ packet }) => packet.topic !== ANSWER && packet.topic !== READY,
            );
            return answers(view).length === 0 && other ? { topic: other.packet.topic } : false;
          },
        },
        {
          id: 'below-zero',
          when: (view) => {
            const last = answers(view).at(-1);
            const text = last && lastArrived(view) ? textOf(last).trim() : '';
            return /^-\d+$/.test(text) && { said: text };
          },
        },
        {
          id: 'no-number',
          when: (view) => {
            const last = answers(view).at(-1);
            if (!last || answerOf(view) !== undefined || !lastArrived(view)) return false;
            return textOf(last) !== '' && { payload: visible(textOf(last)) };
          },
        },
        {
          id: 'empty-answer',
          when: (view) => {
            const last = answers(view).at(-1);
            return last !== undefined && textOf(last) === '';
          },
        },
        {
          id: 'subscribed-late',
          when: (view) =>
            lastArrived(view) !== undefined && before(view) > 0 && { count: before(view) },
        },
        {
          id: 'too-early',
          when: (view) => {
            const [last, end, said] = [answers(view).at(-1), lastArrived(view), answerOf(view)];
            if (!last || !end || last.entry.n > end.entry.n || said === missing(view).length)
              return false;
            const before = arrived(view).filter(({ entry }) => entry.n < last.entry.n);
            return { count: numbers(before).size };
          },
        },
        { id: 'counts-arrived', when: (view) => isWrongBy(view, (right) => READINGS - right) },
        {
          id: 'one-too-many',
          when: (view) => {
            const all = missing(view);
            const [before, after] = [all[0]! - 1, all.at(-1)! + 1];
            return (
              isWrongBy(view, () => withBothEnds(view)) && {
                ...{ before, after, right: all.length, difference: after - before },
              }
            );
          },
        },
        { id: 'counts-gaps', when: (view) => isWrongBy(view, () => gaps(view)) },
        {
          id: 'other-number',
          when: (view) => {
            const said = answerOf(view);
            return lastArrived(view) !== undefined && said !== undefined
              ? { said, right: missing(view).length }
              : false;
          },
        },
        {
          id: 'nothing-said',
          when: (view) => isAllSent(view) && over(view, THERMOMETER) && answers(view).length === 0,
        },
      ],
    },
  ],
  proof: (view) => ({ arrived: numbers(arrived(view)).size, missing: missing(view).length }),
  predictions: [{ id: 'arrive', measure: countArrived }],
};

export default exercise;
