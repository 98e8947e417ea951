import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import { quote } from '../../../sandbox/checks/quote.ts';
import { packetOf } from '../../../sandbox/mqtt/packet.ts';
import { struck, type Struck } from '../../../sandbox/checks/struck.ts';
import { delivered, over, packets, published, samePayload } from '../../../sandbox/checks/view.ts';
import { visible } from '../../../sandbox/checks/steps.ts';

const GAUGE = 'gauge';
const STATION = 'station';
const RAIN = 'weather/rain';

const isLoss = ({ fault, kind, name }: Struck) =>
  name === GAUGE && kind === 'PUBACK' && fault.action === 'drop-and-cut';
const losses = (view: View) => struck(view).filter(isLoss);

/** The readings, each time that the gauge sent one. */
const sent = (view: View) =>
  packets(view, {
    kind: 'PUBLISH',
    direction: 'to-broker',
    name: GAUGE,
    topic: RAIN,
    lost: true,
  });
/** Of each PUBACK that got lost: its reading as it was sent first, and the entry in which it was sent again. */
function copies(view: View) {
  return losses(view).flatMap(({ packet: lost }) => {
    const answer = packetOf(lost);
    if (answer.kind !== 'PUBACK') return [];
    const first = sent(view).findLast(
      ({ packet, entry }) => entry.n < lost.n && packet.packetId === answer.packetId,
    );
    const again = sent(view).find(
      ({ packet, entry }) =>
        entry.n > lost.n &&
        packet.packetId === answer.packetId &&
        packet.dup &&
        first !== undefined &&
        samePayload(packet.payload, first.packet.payload),
    );
    return first && again ? [{ ...first.packet, entry: again.entry.n }] : [];
  });
}
const isTwiceAtStation = (view: View) =>
  copies(view).some(
    ({ payload }) =>
      delivered(view, STATION, RAIN).filter(({ packet }) => samePayload(packet.payload, payload))
        .length >= 2,
  );

/** The first packet that a fault struck, if it `fits` and none was the one that is wanted. */
const instead =
  (fits: (one: Struck) => HintValues | boolean) =>
  (view: View): HintValues | boolean => {
    if (losses(view).length > 0) return false;
    for (const one of struck(view)) {
      const values = fits(one);
      if (values) return values;
    }
    return false;
  };
const isPuback = ({ kind, name }: Struck) => kind === 'PUBACK' && name === GAUGE;

const exercise: Exercise = {
  devices: ['gauge.ts'],
  scene: { actors: [{ name: STATION, subscribes: [{ filter: RAIN, qos: 1 }] }] },
  panels: ['line', 'stage', 'packets'],
  checks: [
    {
      id: 'lost',
      holds: (view) => losses(view).length > 0,
      hints: [
        {
          id: 'not-qos-1',
          when: (view) => {
            const other = sent(view).find(({ packet }) => packet.qos !== 1);
            return other ? { qos: other.packet.qos } : false;
          },
        },
        {
          id: 'other-connection',
          when: instead(({ name }) => name !== GAUGE && { name: name ?? '?' }),
        },
        { id: 'other-packet', when: instead((one) => !isPuback(one) && { kind: one.kind }) },
        {
          id: 'only-dropped',
          when: instead((one) => isPuback(one) && one.fault.action === 'drop'),
        },
        {
          id: 'frozen',
          when: instead((one) => isPuback(one) && one.fault.action === 'freeze'),
        },
        {
          id: 'came-through',
          when: instead(isPuback),
        },
        {
          id: 'nothing-lost',
          when: (view) => over(view, GAUGE) && losses(view).length === 0,
        },
      ],
    },
    {
      id: 'again',
      holds: (view) => copies(view).length > 0,
      hints: [
        {
          id: 'other-topic',
          when: (view) => {
            const other = published(view, GAUGE).find(({ packet }) => packet.topic !== RAIN);
            return other && losses(view).length > 0
              ? { topic: visible(other.packet.topic) }
              : false;
          },
        },
        {
          id: 'not-again',
          when: (view) => over(view, GAUGE) && losses(view).length > 0,
        },
      ],
    },
    // Once the PUBACK is sent, the same identifier is a new message (3.1.1, [MQTT-4.3.2-2]).
    { id: 'twice', holds: isTwiceAtStation },
  ],
  proof: (view) => {
    const [copy] = copies(view);
    return { reading: quote(copy!.payload), id: copy!.packetId ?? 0 };
  },
  predictions: [
    {
      id: 'what-next',
      measure: (view) => {
        const [copy] = copies(view);
        return copy && { answer: 2, values: { id: copy.packetId ?? 0 }, entry: copy.entry };
      },
    },
  ],
};

export default exercise;
