/** What sensor and display of the exercise say, and when. */
import { isObject, isTime, parsed, type Fields } from '../../sandbox/checks/json.ts';
import { over, published, type Seen } from '../../sandbox/checks/view.ts';
import type { View } from '../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../sandbox/protocol/mqtt.ts';

export const SENSOR = 'sensor';
export const DISPLAY = 'display';
const FRIDGE = 'fridge/temperature';
export const FREEZER = 'freezer/temperature';
/** Nobody asks for it by name: who compares names and not times shows its value. */
export const CELLAR = 'cellar/temperature';
export const OLD = 'old';
/** As the starter publishes them. */
export const READINGS = 4;

export const textOf = ({ packet }: Seen<PublishPacket>) => new TextDecoder().decode(packet.payload);
export function readingOf(seen: Seen<PublishPacket>): Fields | undefined {
  const reading = parsed(textOf(seen));
  return isObject(reading) ? reading : undefined;
}
/** The fridge's readings; an empty message only clears the topic. */
export const readings = (view: View) =>
  published(view, SENSOR, FRIDGE).filter(({ packet }) => packet.payload.length > 0);
export const times = (view: View): unknown[] => readings(view).map((seen) => readingOf(seen)?.at);

/** The first time that isn't one. */
export const wrongTime = (view: View): unknown => times(view).find((at) => !isTime(at));
export const isStamped = (view: View): boolean => {
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
const shown = (view: View, name: 'fridge' | 'freezer' | 'cellar') =>
  published(view, DISPLAY, `display/${name}`);
export const values = (view: View, name: 'fridge' | 'freezer' | 'cellar'): string[] =>
  shown(view, name).map(textOf);
export const isValue = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
export const isDone = (view: View) => over(view, SENSOR) || over(view, DISPLAY);

/** Where the last reading is in the trace. */
const lastReading = (view: View): number => readings(view).at(-1)?.entry.n ?? Infinity;
export const oldAfterwards = (view: View) =>
  shown(view, 'fridge').filter((seen) => seen.entry.n > lastReading(view) && textOf(seen) === OLD);
/** A value is fresh for two seconds; a time stamp in whole seconds makes it one second older. */
const FRESH_MS = 800;
/** Milliseconds from the last reading to an `old` that came while it was fresh. */
export function tooSoon(view: View): number | undefined {
  const [first] = oldAfterwards(view);
  const after = first ? first.entry.at - readings(view).at(-1)!.entry.at : Infinity;
  return after < FRESH_MS ? after : undefined;
}

/** Milliseconds from a reading to an `old` that came before the next one, while it was fresh. */
export function calledOld(view: View): number | undefined {
  const all = readings(view);
  for (const { entry } of shown(view, 'fridge').filter((seen) => textOf(seen) === OLD)) {
    const before = all.findLast((seen) => seen.entry.n < entry.n);
    const ms = before && entry.n < lastReading(view) ? entry.at - before.entry.at : Infinity;
    if (ms < FRESH_MS) return Math.round(ms);
  }
  return undefined;
}
