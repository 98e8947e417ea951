import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { ConnectPacket, PacketKind } from '../../../sandbox/protocol/mqtt.ts';
import { accepted, deliveredFrom, over, packets, type Seen } from '../../../sandbox/checks/view.ts';

const ORDERS = 4;
const KITCHEN = 'kitchen';
const TOPIC = 'pizzeria/orders';
/** PUBLISH, PUBREC, PUBREL and PUBCOMP: the upper half of a packet's first byte (table 2.1). */
const FOUR = [3, 5, 6, 7];

const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload);
const arrived = (view: View) =>
  deliveredFrom(view, 'till', KITCHEN, TOPIC).map(({ packet }) => textOf(packet.payload));

/** Types of the packets that the faults of the scene took from the till's line. */
function lost(view: View): Set<number> {
  const struck = new Set(
    view.entries.flatMap((entry) => (entry.type === 'fault' ? [entry.packet] : [])),
  );
  return new Set(
    view.entries.flatMap((entry) =>
      entry.type === 'packet' && struck.has(entry.n) ? [entry.bytes[0]! >> 4] : [],
    ),
  );
}

/** The till's orders by their QoS, also those that never arrived: bits 2 and 1 of the first byte. */
function sent(view: View): number[] {
  const lines = new Set(
    view.entries.flatMap((entry) =>
      entry.type === 'line-opened' && entry.name === 'till' ? [entry.line] : [],
    ),
  );
  return view.entries.flatMap((entry) =>
    entry.type === 'packet' &&
    lines.has(entry.line) &&
    entry.direction === 'to-broker' &&
    entry.bytes[0]! >> 4 === 3
      ? [(entry.bytes[0]! >> 1) & 3]
      : [],
  );
}

/** From the second connection on the broker must still know what the till had sent before. */
function isForgotten(view: View): boolean {
  const connects: Seen<ConnectPacket>[] = packets(view, {
    kind: 'CONNECT',
    direction: 'to-broker',
    name: 'till',
  });
  const answers = packets(view, { kind: 'CONNACK', direction: 'to-client', name: 'till' });
  return (
    connects.slice(1).some(({ packet }) => packet.clean) ||
    answers.slice(1).some(({ packet }) => !packet.sessionPresent)
  );
}

/** An exchange at QoS 2 is over when the sender has the PUBCOMP. */
const completed = (view: View) =>
  packets(view, { kind: 'PUBCOMP', direction: 'to-client', name: 'till' }).length;

/** Each takes away one packet and cuts the line: what was lost is sent again on reconnect only. */
const lose = (kind: PacketKind, direction: 'to-broker' | 'to-client', after: number) =>
  ({ client: 'till', direction, kind, after, action: { do: 'drop-and-cut' } }) as const;

const exercise: Exercise = {
  devices: ['till.ts'],
  scene: {
    actors: [{ name: KITCHEN, subscribes: [{ filter: TOPIC, qos: 2 }] }],
    faults: [
      // One packet of each order, the first of the first to the last of the last.
      lose('PUBLISH', 'to-broker', 0),
      lose('PUBREC', 'to-client', 1),
      lose('PUBREL', 'to-broker', 2),
      lose('PUBCOMP', 'to-client', 3),
      // QoS 1 has its share: the second order's only answer.
      lose('PUBACK', 'to-client', 1),
    ],
  },
  checks: [
    {
      id: 'lost',
      holds: (view) => FOUR.every((type) => lost(view).has(type)),
      hints: [
        {
          id: 'till-qos',
          when: (view) => {
            const qos = sent(view).find((one) => one !== 2);
            return qos === undefined ? false : { qos };
          },
        },
        {
          id: 'no-repeat',
          when: (view) =>
            over(view, 'till') &&
            accepted(view, 'till').length > 0 &&
            !isForgotten(view) && { count: lost(view).size },
        },
      ],
    },
    {
      id: 'once',
      holds: (view) => {
        const all = arrived(view);
        const isOnce = new Set(all).size === all.length && all.length >= ORDERS;
        return isOnce && completed(view) >= ORDERS;
      },
      hints: [{ id: 'session-lost', when: isForgotten }],
    },
  ],
  proof: (view) => ({ count: arrived(view).length }),
  predictions: [
    {
      id: 'pizzas',
      measure: (view) => {
        const isOver = completed(view) >= ORDERS || over(view, 'till');
        if (!isOver || !FOUR.every((type) => lost(view).has(type))) return undefined;
        const count = arrived(view).length;
        return { answer: Math.sign(count - ORDERS) + 1, values: { count } };
      },
    },
  ],
};

export default exercise;
