import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { secondsOf } from '../../../sandbox/checks/quote.ts';
import { over, published } from '../../../sandbox/checks/view.ts';

const LAMP = 'lamp';
const TOPIC = 'home/lamp';
const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload);

const exercise: Exercise = {
  devices: ['lamp.ts'],
  scene: {},
  checks: [
    {
      id: 'published',
      holds: (view) =>
        published(view, LAMP, TOPIC).some(({ packet }) => textOf(packet.payload) === 'on'),
      // Asked in order while the check does not hold; the first that is certain speaks.
      hints: [
        {
          id: 'wrong-topic',
          when: (view) => {
            const wrong = published(view, LAMP).find(({ packet }) => packet.topic !== TOPIC);
            return wrong ? { topic: wrong.packet.topic } : false;
          },
        },
        { id: 'not-published', when: (view) => over(view, LAMP) },
      ],
    },
  ],
  // Fills the lesson's <Proof>, from the trace alone.
  proof: (view) => ({ at: secondsOf(published(view, LAMP, TOPIC).at(-1)!.entry) }),
};

export default exercise;
