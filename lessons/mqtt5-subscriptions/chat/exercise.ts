import { quote } from '../../../sandbox/checks/quote.ts';
import { explained, steps } from '../../../sandbox/checks/steps.ts';
import {
  delivered,
  deliveredFrom,
  over,
  packets,
  published,
  samePayload,
} from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';

const ANN = 'ann';
const BEN = 'ben';
const ROOM = 'chat/garden';
const RULES = 'chat/rules';
const GREETING = 'Ben: Hi!';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const joins = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: ANN }).flatMap(
    ({ packet, entry, line }) =>
      packet.subscriptions.map((subscription) => ({
        ...subscription,
        version: packet.version,
        line: line.line,
        // The subscription holds from its SUBACK on.
        from:
          packets(view, { kind: 'SUBACK', direction: 'to-client', name: ANN }).find(
            (answer) =>
              answer.entry.n > entry.n &&
              answer.line.line === line.line &&
              answer.packet.packetId === packet.packetId,
          )?.entry.n ?? Infinity,
      })),
  );
const joinsFor = (view: View, topic: string) =>
  joins(view).filter(({ filter, from }) => matches(filter, topic) && from < Infinity);

/** What Ann said after she had joined, and Ben received. */
const said = (view: View) => {
  const from = Math.min(...joinsFor(view, ROOM).map((join) => join.from));
  return published(view, ANN, ROOM).filter(
    ({ packet, entry }) =>
      entry.n > from &&
      packet.payload.length > 0 &&
      delivered(view, BEN, ROOM).some((got) => samePayload(got.packet.payload, packet.payload)),
  );
};
/** What of it came back to her. */
const echoes = (view: View) =>
  deliveredFrom(view, ANN, ANN, ROOM).filter(({ packet }) => packet.payload.length > 0);
const fromBen = (view: View, after = 0) =>
  delivered(view, ANN, ROOM).filter(
    ({ packet, entry }) => entry.n > after && text(packet.payload) === GREETING,
  );
/** Ann spoke after joining again, and Ben after that: an echo would have come by now. */
const isBack = (view: View) => {
  const second = joinsFor(view, RULES)[1];
  const last = said(view).at(-1);
  if (!second || !last || last.entry.n < second.from) return false;
  return fromBen(view, last.entry.n).length > 0;
};
const rules = (view: View) => delivered(view, ANN, RULES).filter(({ packet }) => packet.retain);

const exercise: Exercise = {
  devices: ['ann.ts'],
  scene: {
    actors: [
      {
        name: BEN,
        version: 5,
        subscribes: [{ filter: ROOM, qos: 1 }],
        publishes: [{ topic: ROOM, payload: GREETING, qos: 1, everyMs: 700 }],
      },
    ],
    retained: [{ topic: RULES, payload: 'Be kind.' }],
  },
  checks: steps(
    [ANN],
    [
      {
        id: 'talked',
        holds: (view) => said(view).length > 0 && fromBen(view).length > 0,
        hints: [
          {
            id: 'wrong-topic',
            when(view) {
              const other = published(view, ANN).find(({ packet }) => packet.topic !== ROOM);
              return published(view, ANN, ROOM).length === 0 && other
                ? { topic: other.packet.topic }
                : false;
            },
          },
          ...explained(/Connection closed/, ANN),
          {
            id: 'not-joined',
            when: (view) =>
              over(view, ANN) &&
              joinsFor(view, ROOM).length === 0 && {
                filters:
                  joins(view)
                    .map(({ filter }) => filter)
                    .join(' ') || '∅',
              },
          },
          {
            id: 'not-talked',
            when: (view) =>
              over(view, ANN) && { said: said(view).length, heard: fromBen(view).length },
          },
        ],
      },
      {
        // 5.0 [MQTT-3.8.3-3]
        id: 'no-echo',
        // Ben's message after it shows that the subscription works, and the order of the two.
        holds: (view) => {
          const [first] = said(view);
          return first !== undefined && echoes(view).length === 0
            ? fromBen(view, first.entry.n).length > 0
            : false;
        },
        hints: [
          {
            id: 'old-version',
            when: (view) => joins(view).some(({ version }) => version < 5),
          },
          {
            id: 'two-connections',
            when(view) {
              const [first] = echoes(view);
              const sender =
                first &&
                published(view, ANN, ROOM).find(({ packet }) =>
                  samePayload(packet.payload, first.packet.payload),
                );
              return sender !== undefined && first !== undefined
                ? sender.line.line !== first.line.line
                : false;
            },
          },
          {
            // 5.0 [MQTT-3.8.4-3]: the second SUBSCRIBE replaces the first, options and all.
            id: 'replaced',
            when(view) {
              const options = joinsFor(view, ROOM).map(({ noLocal }) => noLocal);
              return echoes(view).length > 0 && options.includes(true) && options.includes(false);
            },
          },
          {
            id: 'local',
            when: (view) => echoes(view).length > 0 && { count: echoes(view).length },
          },
          ...explained(/Connection closed/, ANN),
          { id: 'left', when: (view) => over(view, ANN) },
        ],
      },
      {
        // 5.0 [MQTT-3.3.1-10]
        id: 'rules-once',
        holds: (view) => isBack(view) && rules(view).length === 1,
        hints: [
          {
            // The session belongs to the client id.
            id: 'other-id',
            when(view) {
              if (rules(view).length < 2) return false;
              const ids = packets(view, { kind: 'CONNECT', direction: 'to-broker', name: ANN }).map(
                ({ packet }) => packet.clientId,
              );
              const second = ids.find((id) => id !== ids[0]);
              return second !== undefined && { first: ids[0]!, second };
            },
          },
          {
            id: 'unsubscribed',
            when: (view) =>
              rules(view).length > 1 &&
              packets(view, { kind: 'UNSUBSCRIBE', direction: 'to-broker', name: ANN }).length > 0,
          },
          {
            // 5.0 [MQTT-3.1.2-4]: with an empty session each subscription is new.
            id: 'new-session',
            when: (view) =>
              rules(view).length > 1 &&
              packets(view, { kind: 'CONNACK', direction: 'to-client', name: ANN })
                .slice(1)
                .some(({ packet }) => !packet.sessionPresent),
          },
          {
            id: 'rules-again',
            when(view) {
              if (rules(view).length < 2) return false;
              const handlings = joinsFor(view, RULES).map(({ retainHandling }) => retainHandling);
              return { count: rules(view).length, handlings: handlings.join(', ') };
            },
          },
          ...explained(/Connection closed/, ANN),
          {
            id: 'rules-never',
            when: (view) =>
              over(view, ANN) && rules(view).length === 0 && joinsFor(view, RULES).length > 0,
          },
          {
            id: 'joined-once',
            when(view) {
              const count = joinsFor(view, RULES).length;
              return over(view, ANN) && count < 2 && { count };
            },
          },
          { id: 'silent-visit', when: (view) => over(view, ANN) },
        ],
      },
    ],
  ),
  proof: (view) => ({ words: quote(said(view)[0]!.packet.payload) }),
  predictions: [
    {
      id: 'how-often',
      measure: (view) =>
        over(view, ANN) && echoes(view).length > 0 ? { answer: 1, values: {} } : undefined,
    },
  ],
};

export default exercise;
