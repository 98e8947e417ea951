import { quote } from '../../../sandbox/checks/quote.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { steps, visible } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets, published, samePayload } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';

const APP = 'app';
/** The lamps and their states: two are alike, so that a state doesn't tell its lamp. */
const LAMPS = { kitchen: 'on', hall: 'off', garden: 'on' } as const;
type Room = keyof typeof LAMPS;
const ROOMS = Object.keys(LAMPS) as Room[];

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** Correlation data is bytes, and need not be text. */
const hex = (bytes: Uint8Array) =>
  [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
const questionFor = (room: Room) => `lamp/${room}/get`;
const questions = (view: View, room: Room) => published(view, APP, questionFor(room));
const dataOf = (view: View, room: Room) =>
  questions(view, room).find(({ packet }) => packet.properties?.correlationData)?.packet.properties
    ?.correlationData;
const topicOf = (view: View, room: Room) =>
  questions(view, room).find(({ packet }) => packet.properties?.responseTopic)?.packet.properties
    ?.responseTopic;

/** What the lamp published: it answers only a question that names a response topic. */
const answersOf = (view: View, room: Room) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-broker', role: 'actor', name: room });
/** An answer of the lamp that reached the app, with the question's correlation data. */
function received(view: View, room: Room) {
  const data = dataOf(view, room);
  const sent = answersOf(view, room)[0]?.entry.n;
  if (!data || sent === undefined) return undefined;
  return delivered(view, APP).find(({ packet, entry }) => {
    const own = packet.properties?.correlationData;
    return own && samePayload(own, data) && entry.n > sent;
  });
}
/** What the app told the panel about a room, after that room's answer. */
const reports = (view: View, room: Room) => {
  const from = received(view, room)?.entry.n ?? Infinity;
  return published(view, APP, `report/${room}`).filter(({ entry }) => entry.n > from);
};
/** The state in a report: the text itself, or a word in it. */
const stateIn = (report: string): string | undefined =>
  /\b(on|off)\b/i.exec(report)?.[1]?.toLowerCase();
const isRight = (view: View, room: Room) => {
  const last = reports(view, room).at(-1);
  return last !== undefined && stateIn(text(last.packet.payload)) === LAMPS[room];
};

const missing = (is: (room: Room) => boolean) => {
  const room = ROOMS.find((each) => !is(each));
  return room === undefined ? false : { room };
};
const isDistinct = (view: View) => {
  const all = ROOMS.flatMap((room) => dataOf(view, room) ?? []).map(hex);
  return all.length === ROOMS.length && new Set(all).size === ROOMS.length;
};
/** The app's subscriptions, with their places in the trace. */
const subscriptions = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: APP }).flatMap(
    ({ packet, entry }) => packet.subscriptions.map(({ filter }) => ({ filter, n: entry.n })),
  );

const exercise: Exercise = {
  devices: ['app.ts'],
  panels: ['wire', 'stage', 'packets'],
  scene: {
    actors: [
      ...ROOMS.map((room) => ({
        name: room,
        version: 5 as const,
        answers: [{ filter: questionFor(room), payload: LAMPS[room] }],
      })),
      { name: 'panel', subscribes: [{ filter: 'report/#' }] },
    ],
    // The kitchen is far from the router: its first question arrives last.
    faults: [
      {
        client: 'kitchen',
        direction: 'to-client',
        kind: 'PUBLISH',
        times: 100,
        action: { do: 'delay', ms: 1000 },
      },
    ],
  },
  checks: steps(
    [APP],
    [
      {
        id: 'asked',
        holds: (view) =>
          ROOMS.every((room) => topicOf(view, room) !== undefined) && isDistinct(view),
        hints: [
          {
            id: 'old-version',
            when: (view) =>
              packets(view, { kind: 'CONNECT', direction: 'to-broker', name: APP }).some(
                ({ packet }) => packet.version < 5,
              ),
          },
          {
            id: 'no-response-topic',
            when: (view) =>
              missing(
                (room) => questions(view, room).length === 0 || topicOf(view, room) !== undefined,
              ),
          },
          {
            id: 'no-correlation-data',
            when: (view) =>
              missing(
                (room) => questions(view, room).length === 0 || dataOf(view, room) !== undefined,
              ),
          },
          {
            id: 'same-data',
            when(view) {
              const all = ROOMS.flatMap((room) => dataOf(view, room) ?? []);
              if (all.length < ROOMS.length || isDistinct(view)) return false;
              const twice = all.find((one, at) =>
                all.some((other, i) => i < at && samePayload(one, other)),
              );
              return { data: visible(quote(twice ?? '')) };
            },
          },
          ...stopped(APP),
          {
            id: 'not-asked',
            when: (view) => over(view, APP) && missing((room) => questions(view, room).length > 0),
          },
        ],
      },
      {
        id: 'answered',
        holds: (view) => ROOMS.every((room) => received(view, room)),
        hints: [
          {
            id: 'not-subscribed',
            when(view) {
              const filters = subscriptions(view).map(({ filter }) => filter);
              const room = ROOMS.find((each) => {
                const topic = topicOf(view, each)!;
                const isHeard = filters.some((filter) => matches(filter, topic));
                return answersOf(view, each).length > 0 && !isHeard;
              });
              return room === undefined ? false : { topic: topicOf(view, room)! };
            },
          },
          {
            id: 'subscribed-too-late',
            when(view) {
              const late = ROOMS.some((room) => {
                const topic = topicOf(view, room)!;
                const sent = answersOf(view, room)[0]?.entry.n ?? Infinity;
                const first = subscriptions(view).find(({ filter }) => matches(filter, topic));
                return first !== undefined && first.n > sent;
              });
              return late;
            },
          },
          ...stopped(APP),
          {
            id: 'left-too-soon',
            when: (view) =>
              over(view, APP) && missing((room) => received(view, room) !== undefined),
          },
        ],
      },
      {
        id: 'reported',
        holds: (view) => ROOMS.every((room) => isRight(view, room)),
        hints: [
          {
            id: 'mixed-up',
            when(view) {
              if (!over(view, APP)) return false;
              const room = ROOMS.find(
                (each) => reports(view, each).length > 0 && !isRight(view, each),
              );
              if (room === undefined) return false;
              const last = text(reports(view, room).at(-1)!.packet.payload);
              return { room, said: last === '' ? '∅' : last, state: LAMPS[room] };
            },
          },
          {
            id: 'unknown-room',
            when(view) {
              const lost = published(view, APP).find(({ packet }) =>
                /\b(?:undefined|null|NaN)$/.test(packet.topic),
              );
              const mark = dataOf(view, ROOMS[0]!);
              return (
                lost !== undefined &&
                mark !== undefined && { topic: lost.packet.topic, mark: hex(mark) }
              );
            },
          },
          {
            id: 'wrong-topic',
            when(view) {
              const known = ROOMS.flatMap((room) => [questionFor(room), `report/${room}`]);
              const other = published(view, APP).find(
                ({ packet }) => !known.includes(packet.topic),
              );
              return over(view, APP) && other !== undefined && { topic: other.packet.topic };
            },
          },
          ...stopped(APP),
          {
            id: 'not-reported',
            when: (view) => over(view, APP) && missing((room) => reports(view, room).length > 0),
          },
        ],
      },
    ],
  ),
  proof(view) {
    const last = ROOMS.toSorted(
      (a, b) => received(view, a)!.entry.n - received(view, b)!.entry.n,
    ).at(-1)!;
    return { last, state: LAMPS[last] };
  },
  predictions: [
    {
      id: 'order',
      measure(view) {
        const [first] = published(view, APP, 'report/kitchen');
        const isAsItWas = ROOMS.every((room) => dataOf(view, room) === undefined);
        if (!isAsItWas || !first) return undefined;
        const said = quote(first.packet.payload);
        return { answer: said === 'on' ? 0 : 1, values: { said }, entry: first.entry.n };
      },
    },
  ],
};

export default exercise;
