import { explained, steps } from '../../../sandbox/checks/steps.ts';
import { delivered, over, packets, published } from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';

const COOKS = ['anna', 'ben', 'carla'];
const OURS = ['anna', 'ben']; // Carla is of the scene.
const COUNTER = 'counter';
const TOPIC = 'orders';
const SHARED = '$share/kitchen/orders';
const ORDERS = 9; // at least

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
/** The filters that a cook asked for, with the codes of SUBACK; undefined while none has come. */
const joined = (view: View, cook: string) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: cook }).flatMap(
    ({ packet, line, entry }) => {
      const answer = packets(view, { kind: 'SUBACK', direction: 'to-client', name: cook }).find(
        (each) =>
          each.line.line === line.line &&
          each.entry.n > entry.n &&
          each.packet.packetId === packet.packetId,
      );
      return packet.subscriptions.map(({ filter }, at) => ({
        filter,
        code: answer?.packet.reasonCodes[at],
      }));
    },
  );
const isIn = (view: View, cook: string) =>
  joined(view, cook).some(
    ({ filter, code }) => filter === SHARED && code !== undefined && code < 128,
  );

/** The client id of both cooks: each pushes the other out, so they are never in the group together. */
const sameId = (view: View): string | undefined => {
  const [one, other] = OURS.map(
    (cook) =>
      packets(view, { kind: 'CONNECT', direction: 'to-broker', name: cook })[0]?.packet.clientId,
  );
  // Without an id of its own each gets another one from the broker.
  return one === other && one !== '' ? one : undefined;
};

/** Orders that a cook received and, above QoS 0, acknowledged: else another gets it, too. */
const cooked = (view: View, cook: string) => {
  const acknowledged = (['PUBACK', 'PUBREC'] as const).flatMap((kind) =>
    packets(view, { kind, direction: 'to-broker', name: cook }),
  );
  return delivered(view, cook, TOPIC).filter(
    ({ packet, entry, line }) =>
      packet.qos === 0 ||
      acknowledged.some(
        (each) =>
          each.line.line === line.line &&
          each.entry.n > entry.n &&
          each.packet.packetId === packet.packetId,
      ),
  );
};
/** Each order with the cooks who made it. */
const orders = (view: View) =>
  published(view, COUNTER, TOPIC).map(({ packet, entry }) => ({
    n: entry.n,
    order: text(packet.payload),
    cooks: COOKS.flatMap((cook) =>
      cooked(view, cook)
        .filter((got) => text(got.packet.payload) === text(packet.payload))
        .map(() => cook),
    ),
  }));
const isOver = (view: View) => over(view, COUNTER);
/** Where Ben's last connection ended. */
function wentHome(view: View): number {
  const lines = view.entries.flatMap((entry) =>
    entry.type === 'line-opened' && entry.name === 'ben' ? [entry.line] : [],
  );
  const ends = view.entries.filter(
    (entry) => entry.type === 'line-closed' && lines.includes(entry.line),
  );
  return lines.length > 0 && ends.length === lines.length ? ends.at(-1)!.n : Infinity;
}
const who = (find: (cook: string) => boolean) => {
  const cook = OURS.find(find);
  return cook === undefined ? false : { cook };
};

const exercise: Exercise = {
  devices: ['anna.ts', 'ben.ts', 'counter.ts'],
  scene: {
    actors: [{ name: 'carla', version: 5, subscribes: [{ filter: SHARED, qos: 1 }] }],
  },
  checks: steps(
    [...OURS, COUNTER],
    [
      {
        id: 'joined',
        holds: (view) => OURS.every((cook) => isIn(view, cook)) && sameId(view) === undefined,
        hints: [
          {
            id: 'other-group',
            when(view) {
              for (const cook of OURS) {
                if (isIn(view, cook)) continue;
                const other = joined(view, cook).find(({ filter }) => filter.startsWith('$share/'));
                if (other) return { cook, filter: other.filter };
              }
              return false;
            },
          },
          {
            id: 'not-shared',
            when(view) {
              for (const cook of OURS) {
                const [other] = joined(view, cook);
                if (!isIn(view, cook) && other?.code !== undefined)
                  return { cook, filter: other.filter };
              }
              return false;
            },
          },
          {
            id: 'same-id',
            when(view) {
              const id = sameId(view);
              return id !== undefined && { id };
            },
          },
          ...explained(/\bshare\b/, ...OURS),
          {
            id: 'not-subscribed',
            when: (view) => isOver(view) && who((cook) => joined(view, cook).length === 0),
          },
        ],
      },
      {
        id: 'once',
        holds: (view) => {
          const all = orders(view);
          const isOnce = all.length >= ORDERS && all.every(({ cooks }) => cooks.length === 1);
          return isOver(view) && isOnce && OURS.every((cook) => cooked(view, cook).length > 0);
        },
        hints: [
          {
            // A second subscription of the same cook, or one id for both.
            id: 'also-alone',
            when(view) {
              for (const cook of OURS) {
                const alone = joined(view, cook).find(
                  ({ filter }) => !filter.startsWith('$share/'),
                );
                if (alone && orders(view).some(({ cooks }) => cooks.length > 1))
                  return { cook, filter: alone.filter };
              }
              return false;
            },
          },
          {
            id: 'made-twice',
            when(view) {
              const twice = orders(view).find(({ cooks }) => cooks.length > 1);
              return twice ? { order: twice.order, cooks: twice.cooks.join(', ') } : false;
            },
          },
          ...explained(/\bshare\b/, ...OURS, COUNTER),
          {
            id: 'other-topic',
            when(view) {
              const other = published(view, COUNTER).find(
                ({ packet }) => packet.topic.includes(TOPIC) && packet.topic !== TOPIC,
              );
              return other ? { topic: other.packet.topic } : false;
            },
          },
          {
            id: 'too-few',
            when: (view) =>
              isOver(view) && orders(view).length < ORDERS && { count: orders(view).length },
          },
          {
            id: 'idle',
            when: (view) =>
              isOver(view) && {
                anna: cooked(view, 'anna').length,
                ben: cooked(view, 'ben').length,
                carla: cooked(view, 'carla').length,
              },
          },
        ],
      },
      {
        id: 'goes-on',
        holds: (view) => {
          const later = orders(view).filter(({ n }) => n > wentHome(view));
          return later.length > 1 && later.every(({ cooks }) => cooks.length === 1);
        },
        hints: [
          { id: 'stays', when: (view) => isOver(view) && { count: cooked(view, 'ben').length } },
        ],
      },
    ],
  ),
  proof: (view) => ({
    count: orders(view).length,
    anna: cooked(view, 'anna').length,
    ben: cooked(view, 'ben').length,
    carla: cooked(view, 'carla').length,
  }),
  predictions: [
    {
      id: 'pizzas',
      measure(view) {
        const [first] = orders(view);
        const isPlain = OURS.every((cook) =>
          joined(view, cook).some(({ filter, code }) => filter === TOPIC && code !== undefined),
        );
        if (!isPlain || !first || !isOver(view)) return undefined;
        const count = first.cooks.length;
        return count === 0 ? undefined : { answer: count - 1, values: { count } };
      },
    },
  ],
};

export default exercise;
