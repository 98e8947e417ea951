import { isObject, isTime, parsed, type Fields } from '../../../sandbox/checks/json.ts';
import { quote } from '../../../sandbox/checks/quote.ts';
import { inTurn, visible } from '../../../sandbox/checks/steps.ts';
import { hasFailed, over, published, type Seen } from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';

const SENSOR = 'sensor';
const DISPLAY = 'display';
const FRIDGE = 'fridge/temperature';
const FREEZER = 'freezer/temperature';
const OLD = 'old';
/** As the starter publishes them. */
const READINGS = 4;

const textOf = ({ packet }: Seen<PublishPacket>) => new TextDecoder().decode(packet.payload);
function readingOf(seen: Seen<PublishPacket>): Fields | undefined {
  const reading = parsed(textOf(seen));
  return isObject(reading) ? reading : undefined;
}
/** The fridge's readings; an empty message only clears the topic. */
const readings = (view: View) =>
  published(view, SENSOR, FRIDGE).filter(({ packet }) => packet.payload.length > 0);
const times = (view: View): unknown[] => readings(view).map((seen) => readingOf(seen)?.at);

/** The first time that isn't one. */
const wrongTime = (view: View): unknown => times(view).find((at) => !isTime(at));
const isStamped = (view: View): boolean => {
  const all = times(view);
  return (
    all.length >= READINGS &&
    all.every(isTime) &&
    all.every((at, i) => i === 0 || Date.parse(at) >= Date.parse(all[i - 1] as string)) &&
    // In whole seconds two of them have the same.
    new Set(all).size > 1
  );
};

/** What the display published about one of the two, in order. */
const shown = (view: View, name: 'fridge' | 'freezer') =>
  published(view, DISPLAY, `display/${name}`);
const values = (view: View, name: 'fridge' | 'freezer'): string[] => shown(view, name).map(textOf);
const isValue = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
const isDone = (view: View) => over(view, SENSOR) || over(view, DISPLAY);

/** Where the last reading is in the trace. */
const lastReading = (view: View): number => readings(view).at(-1)?.entry.n ?? Infinity;
const oldAfterwards = (view: View) =>
  shown(view, 'fridge').filter((seen) => seen.entry.n > lastReading(view) && textOf(seen) === OLD);
/** A value is fresh for two seconds; a time stamp in whole seconds makes it one second older. */
const FRESH_MS = 800;
/** Milliseconds from the last reading to an `old` that came while it was fresh. */
function tooSoon(view: View): number | undefined {
  const [first] = oldAfterwards(view);
  const after = first ? first.entry.at - readings(view).at(-1)!.entry.at : Infinity;
  return after < FRESH_MS ? after : undefined;
}

const exercise: Exercise = {
  devices: ['display.ts', 'sensor.ts'],
  panels: ['output', 'stage', 'packets'],
  scene: {
    actors: [{ name: 'kitchen', subscribes: [{ filter: 'display/#' }] }],
    retained: [{ topic: FREEZER, payload: '{"value":-18,"at":"2025-01-06T06:00:00Z"}' }],
  },
  checks: inTurn([
    {
      id: 'stamped',
      holds: isStamped,
      hints: [
        { id: 'sensor-failed', when: (view) => hasFailed(view, SENSOR) },
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
        values(view, 'freezer').length > 0 && values(view, 'freezer').every((text) => text === OLD),
      hints: [
        { id: 'display-failed', when: (view) => hasFailed(view, DISPLAY) },
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
            const text = values(view, 'freezer').at(-1);
            return text !== undefined && { text: visible(quote(text)) };
          },
        },
        {
          id: 'freezer-nothing',
          when(view) {
            const topic = published(view, DISPLAY).at(-1)?.packet.topic;
            return isDone(view) && { topic: topic === undefined ? '–' : visible(topic) };
          },
        },
      ],
    },
    {
      id: 'fresh',
      holds: (view) => values(view, 'fridge').some(isValue),
      hints: [
        { id: 'display-failed', when: (view) => hasFailed(view, DISPLAY) },
        {
          id: 'fridge-other',
          when(view) {
            const text = values(view, 'fridge').find((each) => each !== OLD);
            return text !== undefined && { text: visible(quote(text)) };
          },
        },
        {
          id: 'always-old',
          when: (view) => isDone(view) && values(view, 'fridge').length > 0,
        },
        { id: 'fridge-nothing', when: isDone },
      ],
    },
    {
      id: 'grows-old',
      holds: (view) => oldAfterwards(view).length > 0 && tooSoon(view) === undefined,
      hints: [
        { id: 'display-failed', when: (view) => hasFailed(view, DISPLAY) },
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
              ({ packet }) => !/^display\/(?:fridge|freezer)$/.test(packet.topic),
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
