import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import type { Packet } from '../../../sandbox/protocol/mqtt.ts';
import { packetOf } from '../../../sandbox/mqtt/packet.ts';
import { struck, type Struck } from '../../../sandbox/checks/struck.ts';
import { accepted, deliveredFrom, over, packets, published } from '../../../sandbox/checks/view.ts';
import { visible } from '../../../sandbox/checks/steps.ts';

const ORDERS = 4;
const TILL = 'till';
const KITCHEN = 'kitchen';
const TOPIC = 'pizzeria/orders';
/** The packets of QoS 2, in their order; the even ones go to the broker. */
const FOUR = ['PUBLISH', 'PUBREC', 'PUBREL', 'PUBCOMP'] as const;
type Four = (typeof FOUR)[number];
const isOfFour = (kind: string): kind is Four => FOUR.some((one) => one === kind);

const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload);
const arrived = (view: View) =>
  deliveredFrom(view, TILL, KITCHEN, TOPIC).map(({ packet }) => textOf(packet.payload));
const copies = (view: View) => {
  const all = arrived(view);
  return all.filter((order, at) => all.indexOf(order) < at);
};

/** The losses that the learner wanted: a packet of the four, gone with the till's connection. */
const isLoss = ({ name, kind, fault }: Struck) =>
  name === TILL && isOfFour(kind) && fault.action === 'drop-and-cut';
const losses = (view: View) => struck(view).filter(isLoss);
const notLost = (view: View) =>
  FOUR.filter((kind) => losses(view).every((one) => one.kind !== kind));

/** The till's packets, the lost ones too. */
const sentBy = (view: View, kind: 'PUBLISH' | 'PUBREL') =>
  packets(view, { kind, direction: 'to-broker', name: TILL, lost: true });
const idOf = (packet: Packet) => ('packetId' in packet ? packet.packetId : undefined);

/** What waits for an answer when this packet is lost: that is what is sent again. */
const WAITS = {
  PUBLISH: 'PUBLISH',
  PUBREC: 'PUBLISH',
  PUBREL: 'PUBREL',
  PUBCOMP: 'PUBREL',
} as const;
function sentAgain(view: View, { packet, kind }: Struck) {
  if (!isOfFour(kind)) return undefined;
  const id = idOf(packetOf(packet));
  return sentBy(view, WAITS[kind]).find(
    ({ packet: again, entry }) =>
      entry.n > packet.n && idOf(again) === id && (again.kind !== 'PUBLISH' || again.dup),
  );
}

const isSentAgain = (view: View, one: Struck) => sentAgain(view, one) !== undefined;

/** An exchange at QoS 2 is over when the sender has the PUBCOMP. */
const completed = (view: View) =>
  packets(view, { kind: 'PUBCOMP', direction: 'to-client', name: TILL }).length;
/** An order went out that has no PUBCOMP yet. */
const isUnfinished = (view: View) =>
  new Set(sentBy(view, 'PUBLISH').map(({ packet }) => idOf(packet))).size > completed(view);

/** From the second connection on the broker must still know what the till had sent before. */
function isForgotten(view: View): boolean {
  const connects = packets(view, { kind: 'CONNECT', direction: 'to-broker', name: TILL });
  const answers = packets(view, { kind: 'CONNACK', direction: 'to-client', name: TILL });
  return (
    connects.slice(1).some(({ packet }) => packet.clean) ||
    answers.slice(1).some(({ packet }) => !packet.sessionPresent)
  );
}

/** The first packet that a fault struck in another way than the losses above. */
const instead =
  (fits: (one: Struck) => boolean) =>
  (view: View): HintValues | false => {
    if (notLost(view).length === 0) return false;
    const found = struck(view).find((one) => !isLoss(one) && fits(one));
    return found ? { kind: found.kind, name: found.name ?? '?' } : false;
  };

const exercise: Exercise = {
  devices: ['till.ts'],
  scene: { actors: [{ name: KITCHEN, subscribes: [{ filter: TOPIC, qos: 2 }] }] },
  panels: ['line', 'wire', 'stage', 'packets'],
  checks: [
    {
      id: 'lost',
      holds: (view) => notLost(view).length === 0,
      hints: [
        {
          id: 'till-qos',
          when: (view) => {
            const other = sentBy(view, 'PUBLISH').find(
              ({ packet }) => packet.kind === 'PUBLISH' && packet.qos !== 2,
            );
            return other?.packet.kind === 'PUBLISH' ? { qos: other.packet.qos } : false;
          },
        },
        { id: 'other-connection', when: instead(({ name }) => name !== TILL) },
        {
          id: 'only-dropped',
          when: instead(({ kind, fault }) => isOfFour(kind) && fault.action === 'drop'),
        },
        {
          id: 'came-through',
          when: instead(({ kind, fault }) => isOfFour(kind) && fault.action !== 'drop'),
        },
        { id: 'other-kind', when: instead(({ kind }) => !isOfFour(kind)) },
        {
          id: 'no-repeat',
          when: (view) =>
            over(view, TILL) &&
            accepted(view, TILL).length > 0 &&
            (isUnfinished(view) || sentBy(view, 'PUBLISH').length === 0) &&
            !isForgotten(view) && { count: losses(view).length },
        },
        {
          id: 'not-all-lost',
          when: (view) =>
            over(view, TILL) &&
            !isForgotten(view) &&
            notLost(view).length > 0 && { missing: notLost(view).join(', ') },
        },
      ],
    },
    {
      id: 'again',
      holds: (view) =>
        losses(view).length > 0 && losses(view).every((one) => isSentAgain(view, one)),
    },
    {
      id: 'once',
      holds: (view) =>
        losses(view).length > 0 &&
        arrived(view).length >= ORDERS &&
        copies(view).length === 0 &&
        completed(view) >= ORDERS,
      hints: [
        {
          id: 'other-topic',
          when: (view) => {
            const other = published(view, TILL).find(({ packet }) => packet.topic !== TOPIC);
            return other && notLost(view).length === 0
              ? { topic: visible(other.packet.topic) }
              : false;
          },
        },
        { id: 'session-lost', when: isForgotten },
        {
          id: 'same-order-twice',
          when: (view) =>
            notLost(view).length === 0 && copies(view).length > 0 && { order: copies(view)[0]! },
        },
        {
          id: 'few-orders',
          when: (view) =>
            over(view, TILL) &&
            notLost(view).length === 0 &&
            completed(view) >= arrived(view).length &&
            arrived(view).length < ORDERS && { count: arrived(view).length },
        },
      ],
    },
  ],
  proof: (view) => ({ lost: losses(view).length, count: arrived(view).length }),
  predictions: [
    {
      id: 'after-loss',
      measure: (view) => {
        const loss = losses(view).find(({ kind }) => kind === 'PUBREC');
        const id = loss && idOf(packetOf(loss.packet));
        const again = loss && sentAgain(view, loss);
        return again && id !== undefined
          ? { answer: 0, values: { id }, entry: again.entry.n }
          : undefined;
      },
    },
  ],
};

export default exercise;
