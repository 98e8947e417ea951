import { errorOf, stopped } from '../../../sandbox/checks/errors.ts';
import { isTime } from '../../../sandbox/checks/json.ts';
import { quote } from '../../../sandbox/checks/quote.ts';
import { inTurn, visible } from '../../../sandbox/checks/steps.ts';
import { over, published } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint } from '../../../sandbox/protocol/exercise.ts';
import {
  SENSOR,
  DISPLAY,
  FREEZER,
  CELLAR,
  OLD,
  READINGS,
  textOf,
  readingOf,
  readings,
  times,
  wrongTime,
  isStamped,
  values,
  isValue,
  isDone,
  oldAfterwards,
  tooSoon,
  calledOld,
} from '../readings.ts';

/** What is done to `at` is a matter of this exercise. */
const displayStopped: Hint[] = [
  {
    id: 'display-failed',
    when: (view) => /\bat\b|Time|Date/.test(errorOf(view, DISPLAY) ?? ''),
  },
  ...stopped(DISPLAY),
];

const exercise: Exercise = {
  devices: ['display.ts', 'sensor.ts'],
  panels: ['output', 'stage', 'packets'],
  scene: {
    actors: [{ name: 'kitchen', subscribes: [{ filter: 'display/#' }] }],
    retained: [
      { topic: FREEZER, payload: '{"value":-18,"at":"2025-01-06T06:00:00Z"}' },
      { topic: CELLAR, payload: '{"value":12,"at":"2024-09-30T16:20:00Z"}' },
    ],
    // The first of the fridge's readings is late, and still fresh.
    faults: [
      {
        ...{ client: DISPLAY, direction: 'to-client', kind: 'PUBLISH', after: 2 },
        action: { do: 'delay', ms: 100 },
      },
    ],
  },
  checks: inTurn([
    {
      id: 'stamped',
      holds: isStamped,
      hints: [
        ...stopped(SENSOR),
        {
          id: 'no-json',
          when(view) {
            const other = readings(view).find((seen) => readingOf(seen) === undefined);
            return other !== undefined && { payload: visible(quote(textOf(other))) };
          },
        },
        {
          id: 'no-time',
          when(view) {
            const other = readings(view).find((seen) => readingOf(seen)?.at === undefined);
            return other !== undefined && { payload: quote(textOf(other)) };
          },
        },
        {
          id: 'number',
          when(view) {
            const at = wrongTime(view);
            return typeof at === 'number' && { at };
          },
        },
        {
          id: 'no-zone',
          when(view) {
            const at = wrongTime(view);
            return typeof at === 'string' && isTime(`${at}Z`.replace(' ', 'T')) && { at };
          },
        },
        {
          id: 'other-form',
          when(view) {
            const at = wrongTime(view);
            return at !== undefined && { at: visible(quote(JSON.stringify(at))) };
          },
        },
        {
          id: 'same-time',
          when(view) {
            const all = times(view);
            const [first] = all;
            const isSame = all.length >= READINGS && all.every((at) => at === first);
            return isSame && typeof first === 'string' && { at: first };
          },
        },
        {
          id: 'few-readings',
          when: (view) => over(view, SENSOR) && { count: readings(view).length },
        },
      ],
    },
    {
      id: 'freezer',
      holds: (view) =>
        values(view, 'freezer').length > 0 &&
        [...values(view, 'freezer'), ...values(view, 'cellar')].every((text) => text === OLD),
      hints: [
        ...displayStopped,
        {
          id: 'freezer-as-new',
          when(view) {
            const value = values(view, 'freezer').find(isValue);
            return value !== undefined && { value };
          },
        },
        {
          id: 'freezer-other',
          when(view) {
            const text = values(view, 'freezer').findLast((each) => each !== OLD);
            return text !== undefined && { text: visible(quote(text)) };
          },
        },
        {
          id: 'freezer-nothing',
          when(view) {
            const topic = published(view, DISPLAY).at(-1)?.packet.topic;
            const isSilent = isDone(view) && values(view, 'freezer').length === 0;
            return isSilent && { topic: topic === undefined ? '–' : visible(topic) };
          },
        },
        {
          id: 'by-name',
          when(view) {
            const text = values(view, 'cellar').find((each) => each !== OLD);
            return text !== undefined && { text: visible(quote(text)) };
          },
        },
      ],
    },
    {
      id: 'fresh',
      holds: (view) => values(view, 'fridge').some(isValue) && calledOld(view) === undefined,
      hints: [
        ...displayStopped,
        {
          id: 'fridge-other',
          when(view) {
            const text = values(view, 'fridge').find((each) => each !== OLD && !isValue(each));
            return text !== undefined && { text: visible(quote(text)) };
          },
        },
        {
          id: 'called-old',
          when(view) {
            const ms = calledOld(view);
            return ms !== undefined && { ms };
          },
        },
        { id: 'fridge-nothing', when: isDone },
      ],
    },
    {
      id: 'grows-old',
      holds: (view) => oldAfterwards(view).length > 0 && tooSoon(view) === undefined,
      hints: [
        ...displayStopped,
        {
          id: 'too-soon',
          when(view) {
            const after = tooSoon(view);
            return after !== undefined && { seconds: (after / 1000).toFixed(1) };
          },
        },
        {
          id: 'other-display',
          when(view) {
            const other = published(view, DISPLAY).find(
              ({ packet }) => !/^display\/(?:fridge|freezer|cellar)$/.test(packet.topic),
            );
            return (
              over(view, SENSOR) && other !== undefined && { topic: visible(other.packet.topic) }
            );
          },
        },
        {
          id: 'still-shown',
          when: (view) => over(view, SENSOR) && { value: values(view, 'fridge').at(-1) ?? '–' },
        },
      ],
    },
  ]),
  proof: (view) => {
    const value = values(view, 'fridge').filter(isValue).at(-1)!;
    const old = oldAfterwards(view)[0]!.entry.at - readings(view).at(-1)!.entry.at;
    return { value: quote(value), seconds: (old / 1000).toFixed(1) };
  },
  predictions: [
    {
      id: 'dead',
      measure(view) {
        const [first] = values(view, 'freezer');
        return first === undefined || !isValue(first)
          ? undefined
          : { answer: 1, values: { value: first } };
      },
    },
  ],
};

export default exercise;
