import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { delivered, packets } from '../../../sandbox/checks/view.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/hall/bell';
const HOUSE = 'house';

const fromOutside = (view: View) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-broker', role: 'outside' });

const exercise: Exercise = {
  devices: [],
  scene: { actors: [{ name: HOUSE, subscribes: [{ filter: 'home/#' }] }] },
  panels: ['packets'],
  checks: [
    {
      id: 'came',
      holds: (view) =>
        packets(view, { kind: 'CONNACK', direction: 'to-client', role: 'outside' }).some(
          ({ packet }) => packet.reasonCode === 0,
        ),
      hints: [
        {
          id: 'refused',
          when: (view) => {
            const answer = packets(view, {
              kind: 'CONNACK',
              direction: 'to-client',
              role: 'outside',
            })[0];
            return answer ? { code: answer.packet.reasonCode } : false;
          },
        },
        {
          id: 'from-the-page',
          when: (view) =>
            packets(view, { kind: 'CONNECT', direction: 'to-broker', role: 'device' }).length > 0,
        },
        // Whoever doesn't name the room, or takes another port, is in no room: nothing is seen of it.
        { id: 'nobody-came', when: () => true },
      ],
    },
    {
      id: 'rang',
      holds: (view) =>
        fromOutside(view).some(({ packet }) => packet.topic === TOPIC) &&
        delivered(view, HOUSE, TOPIC).length > 0,
      hints: [
        {
          id: 'another-bell',
          when: (view) => {
            const other = fromOutside(view).at(-1);
            return other ? { topic: other.packet.topic } : false;
          },
        },
        {
          id: 'only-listened',
          when: (view) =>
            packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', role: 'outside' }).length >
            0,
        },
      ],
    },
  ],
  proof: (view) => ({ message: quote(delivered(view, HOUSE, TOPIC).at(-1)!.packet.payload) }),
};

export default exercise;
