import { isObject, isTime, parsed, type Fields } from '../../../sandbox/checks/json.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { quote } from '../../../sandbox/checks/quote.ts';
import { inTurn, visible } from '../../../sandbox/checks/steps.ts';
import { delivered, hasFailed, over, published } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../../sandbox/protocol/mqtt.ts';

const RADIO = 'radio';
const DASHBOARD = 'dashboard';
/** Each sensor's readings in °C, with an empty message between two. No order joins two rooms. */
const READINGS = { attic: [19.5, 20, 20.5], kitchen: [21, 22, 23], garage: [-3.5, -4, -4.5] };
type Room = keyof typeof READINGS;
const rooms = Object.keys(READINGS) as Room[];
/** So that a program may round to tenths. */
const CLOSE = 0.051;

const text = ({ payload }: PublishPacket): string => new TextDecoder().decode(payload);
/** The dashboard's messages about one room. */
const shown = (view: View, room: Room): string[] =>
  published(view, DASHBOARD, `house/${room}`).map(({ packet }) => text(packet));
const all = (view: View): string[] => rooms.flatMap((room) => shown(view, room));
const objectsOf = (view: View, room: Room): Fields[] =>
  shown(view, room).map(parsed).filter(isObject);
const objects = (view: View): Fields[] => rooms.flatMap((room) => objectsOf(view, room));

const WITH_SECONDS = /T\d\d:\d\d:\d\d/;
const isReading = (payload: string): boolean => {
  const reading = parsed(payload);
  if (!isObject(reading)) return false;
  return typeof reading.value === 'number' && reading.unit === 'C' && isTime(reading.at);
};

/** A room with different values at one and the same time, to the second: its readings are further apart. */
function stuck(view: View): { room: Room; at: string } | undefined {
  for (const room of rooms) {
    const all = objectsOf(view, room);
    const [first] = all;
    const at = first?.at;
    if (!isTime(at) || !WITH_SECONDS.test(at) || new Set(all.map(({ value }) => value)).size < 2)
      continue;
    if (all.every((reading) => reading.at === at)) return { room, at };
  }
  return undefined;
}

const values = (view: View, room: Room): number[] =>
  objectsOf(view, room).flatMap(({ value }) => (typeof value === 'number' ? [value] : []));
const isNear = (value: number, to: number) => Math.abs(value - to) < CLOSE;
const wrong = (view: View, room: Room): number | undefined =>
  values(view, room).find((value) => !READINGS[room].some((right) => isNear(value, right)));
const isRead = (view: View, room: Room): boolean =>
  values(view, room).length > 0 && wrong(view, room) === undefined;
const says = (view: View, room: Room, reading: number): boolean =>
  values(view, room).some((value) => isNear(value, reading));

/** What came to the dashboard, in order: of one topic and QoS ([MQTT-4.6.0-6]). */
const heard = (view: View, room: Room): Uint8Array[] =>
  delivered(view, DASHBOARD, `radio/${room}`).map(({ packet }) => packet.payload);
const hadEmpty = (view: View, room: Room): boolean =>
  heard(view, room).some((payload) => payload.length === 0);
/** Readings that came after an empty message: only a dashboard that outlived it publishes one. */
function later(view: View, room: Room): number[] {
  const all = heard(view, room);
  const empty = all.findIndex((payload) => payload.length === 0);
  if (empty < 0) return [];
  const count = all.slice(empty).filter((payload) => payload.length > 0).length;
  return count === 0 ? [] : READINGS[room].slice(-count);
}
const wentOn = (view: View, room: Room): boolean =>
  later(view, room).some((reading) => says(view, room, reading));

const field = (view: View, name: string, is: (value: unknown) => boolean): unknown =>
  objects(view).find((reading) => name in reading && !is(reading[name]))?.[name];
const asText = (value: unknown): string => visible(quote(JSON.stringify(value) ?? '–'));

const found = (value: number | undefined) => value !== undefined && { value };
/** The value that comes of a certain mistake. */
const mistaken = (id: string, room: Room, of: readonly number[]): Hint => ({
  id,
  when: (view) => found(values(view, room).find((each) => of.some((one) => isNear(each, one)))),
});
const other = (id: string, room: Room): Hint => ({
  id,
  when: (view) => found(wrong(view, room)),
});
const lastTopic = (view: View) => ({
  topic: visible(published(view, DASHBOARD).at(-1)?.packet.topic ?? '–'),
});
const nothing = (id: string, room: Room): Hint => ({
  id,
  when: (view) => over(view, RADIO) && values(view, room).length === 0 && lastTopic(view),
});
/** Which message stopped it isn't certain: messages on two topics have no common order. */
const failed: Hint[] = [
  // What each sensor's form does to a program is a matter of this exercise.
  ...stopped(DASHBOARD).filter(({ id }) => !/json|undefined|program/.test(id)),
  { id: 'dashboard-failed', when: (view) => hasFailed(view, DASHBOARD) },
];

const exercise: Exercise = {
  devices: ['dashboard.ts', 'radio.ts'],
  panels: ['output', 'stage', 'packets'],
  scene: { actors: [{ name: 'wall', subscribes: [{ filter: 'house/#' }] }] },
  checks: inTurn([
    {
      id: 'agreed',
      holds: (view) => all(view).length > 0 && all(view).every(isReading) && !stuck(view),
      hints: [
        {
          id: 'json-in-json',
          when(view) {
            const twice = all(view).find((payload) => {
              const inner = parsed(payload);
              return typeof inner === 'string' && isObject(parsed(inner));
            });
            return twice !== undefined && { payload: quote(twice) };
          },
        },
        {
          id: 'no-object',
          when(view) {
            const payload = all(view).find((each) => !isObject(parsed(each)));
            return payload !== undefined && { payload: visible(quote(payload)) };
          },
        },
        {
          id: 'value-null',
          when(view) {
            const isNull = ({ value }: Fields) => value === null;
            const room = rooms.find((one) => objectsOf(view, one).some(isNull));
            return room !== undefined && { room };
          },
        },
        {
          id: 'value-text',
          when(view) {
            const value = field(view, 'value', (each) => typeof each === 'number');
            return value !== undefined && { value: asText(value) };
          },
        },
        {
          id: 'missing-field',
          when(view) {
            const names = ['value', 'unit', 'at'];
            for (const room of rooms) {
              const all = objectsOf(view, room);
              const reading = all.find((one) => names.some((name) => !(name in one)));
              const name = names.find((one) => reading && !(one in reading));
              if (name) return { room, name, payload: quote(JSON.stringify(reading)) };
            }
            return false;
          },
        },
        {
          id: 'other-unit',
          when(view) {
            const unit = field(view, 'unit', (each) => each === 'C');
            return unit !== undefined && { unit: asText(unit) };
          },
        },
        {
          id: 'no-zone',
          when(view) {
            const at = field(view, 'at', isTime);
            return typeof at === 'string' && isTime(`${at}Z`.replace(' ', 'T')) && { at };
          },
        },
        {
          id: 'other-time',
          when(view) {
            const at = field(view, 'at', isTime);
            return at !== undefined && { at: asText(at) };
          },
        },
        { id: 'same-time', when: (view) => stuck(view) ?? false },
        ...failed,
        { id: 'nothing', when: (view) => over(view, RADIO) && lastTopic(view) },
      ],
    },
    {
      id: 'text',
      holds: (view) => isRead(view, 'attic'),
      hints: [
        mistaken('empty-as-zero', 'attic', [0]),
        other('attic-other', 'attic'),
        ...failed,
        nothing('attic-nothing', 'attic'),
      ],
    },
    {
      id: 'unit',
      holds: (view) => isRead(view, 'kitchen'),
      hints: [
        mistaken('no-brackets', 'kitchen', [52.02, 53.82, 55.62]),
        mistaken('fahrenheit', 'kitchen', [69.8, 71.6, 73.4]),
        other('kitchen-other', 'kitchen'),
        ...failed,
        nothing('kitchen-nothing', 'kitchen'),
      ],
    },
    {
      id: 'bytes',
      holds: (view) => isRead(view, 'garage'),
      hints: [
        mistaken('unsigned', 'garage', [6550.1, 6549.6, 6549.1, 65_501, 65_496, 65_491]),
        mistaken('tenths', 'garage', [-35, -40, -45, -0.35, -0.4, -0.45]),
        mistaken('byte-order', 'garage', [-870.5, -998.5, -1126.5]),
        other('garage-other', 'garage'),
        ...failed,
        nothing('garage-nothing', 'garage'),
      ],
    },
    {
      id: 'empty',
      holds: (view) => rooms.every((room) => isRead(view, room) && wentOn(view, room)),
      hints: [
        {
          // It can read all three: what stopped it has no reading in it.
          id: 'failed-on-empty',
          when: (view) =>
            hasFailed(view, DASHBOARD) && rooms.some((room) => hadEmpty(view, room)) && {},
        },
        {
          id: 'not-after',
          when(view) {
            const room = over(view, RADIO) && rooms.find((one) => !wentOn(view, one));
            return room ? { room, value: READINGS[room].at(-1)! } : false;
          },
        },
      ],
    },
  ]),
  proof: (view) => ({ reading: quote(shown(view, 'garage').at(-1)!) }),
  predictions: [
    {
      id: 'no-letters',
      measure(view) {
        const [sent] = published(view, RADIO, 'radio/garage');
        const [first] = delivered(view, DASHBOARD, 'radio/garage');
        if (!sent || !first || first.packet.payload.length === 0) return undefined;
        const hex = [...first.packet.payload].map((byte) => byte.toString(16).padStart(2, '0'));
        return { answer: 2, values: { bytes: hex.join(' ') }, entry: first.entry.n };
      },
    },
  ],
};

export default exercise;
