import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { deliveredFrom, over, packets, published, swapped } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/lamp/state';
const LAMP = 'lamp';
const PHONE = 'phone';
const PANEL = 'panel';

const byLamp = (view: View) => published(view, LAMP);
/** States that the broker was asked to keep. */
const kept = (view: View) =>
  byLamp(view).filter(
    ({ packet }) => packet.topic === TOPIC && packet.retain && packet.payload.length > 0,
  );
const phonesFilters = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: PHONE }).flatMap(({ packet }) =>
    packet.subscriptions.map(({ filter }) => filter),
  );
const phoneAsked = (view: View) => phonesFilters(view).some((filter) => matches(filter, TOPIC));

const exercise: Exercise = {
  devices: ['lamp.ts', 'phone.ts'],
  scene: { actors: [{ name: PANEL, subscribes: [{ filter: TOPIC }] }] },
  checks: [
    {
      id: 'kept',
      holds: (view) => kept(view).length > 0,
      hints: [
        swapped(LAMP, (text) => text === TOPIC),
        {
          id: 'wrong-topic',
          when: (view) => {
            const wrong = byLamp(view).find(({ packet }) => packet.topic !== TOPIC);
            return wrong ? { topic: wrong.packet.topic } : false;
          },
        },
        {
          // 3.1.1 [MQTT-3.3.1-10], [MQTT-3.3.1-11]
          id: 'empty-state',
          when: (view) => byLamp(view).some(({ packet }) => packet.payload.length === 0),
        },
        {
          // 3.1.1 [MQTT-3.3.1-12]
          id: 'not-retained',
          when: (view) => byLamp(view).some(({ packet }) => !packet.retain),
        },
        ...stopped(LAMP),
        { id: 'nothing-published', when: (view) => over(view, LAMP) },
      ],
    },
    {
      // 3.1.1 [MQTT-3.3.1-9]
      id: 'running',
      holds: (view) =>
        kept(view).length > 0 &&
        deliveredFrom(view, LAMP, PANEL, TOPIC).some(
          ({ packet }) => !packet.retain && packet.payload.length > 0,
        ),
    },
    {
      // 3.1.1 [MQTT-3.3.1-6], [MQTT-3.3.1-8]
      id: 'newcomer',
      holds: (view) => deliveredFrom(view, LAMP, PHONE, TOPIC).some(({ packet }) => packet.retain),
      hints: [
        {
          id: 'not-subscribed',
          when: (view) =>
            over(view, PHONE) &&
            kept(view).length > 0 &&
            !phoneAsked(view) && { filter: phonesFilters(view).at(-1) ?? '' },
        },
        {
          // 3.1.1 [MQTT-3.3.1-10]: an empty retained message clears what was kept.
          id: 'cleared-again',
          when: (view) =>
            kept(view).length > 0 &&
            byLamp(view).some(
              ({ packet, entry }) =>
                packet.topic === TOPIC &&
                packet.retain &&
                packet.payload.length === 0 &&
                entry.n > kept(view)[0]!.entry.n,
            ),
        },
        {
          id: 'already-there',
          when: (view) =>
            kept(view).length > 0 &&
            deliveredFrom(view, LAMP, PHONE, TOPIC).some(({ packet }) => !packet.retain),
        },
        {
          id: 'came-before',
          when: (view) => {
            const [first] = kept(view);
            const asked = packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: PHONE });
            const isBefore = asked.every(({ entry }) => entry.n < (first?.entry.n ?? 0));
            return over(view, PHONE) && phoneAsked(view) && isBefore;
          },
        },
        {
          id: 'left-at-once',
          when: (view) =>
            over(view, PHONE) &&
            kept(view).length > 0 &&
            phoneAsked(view) &&
            deliveredFrom(view, LAMP, PHONE, TOPIC).length === 0,
        },
      ],
    },
  ],
  proof: (view) => {
    const late = deliveredFrom(view, LAMP, PHONE, TOPIC).find(({ packet }) => packet.retain)!;
    const state = kept(view).findLast(({ entry }) => entry.n < late.entry.n)!;
    const waited = (late.entry.at - state.entry.at) / 1000;
    return { state: quote(late.packet.payload), waited: waited.toFixed(1) };
  },
  predictions: [
    {
      id: 'newcomer',
      measure: (view) => {
        const unkept =
          byLamp(view).length > 0 && byLamp(view).every(({ packet }) => !packet.retain);
        const heard = deliveredFrom(view, LAMP, PHONE, TOPIC).length > 0;
        if (!unkept || heard || !phoneAsked(view) || !over(view, PHONE)) return undefined;
        return { answer: 1 };
      },
    },
  ],
};

export default exercise;
