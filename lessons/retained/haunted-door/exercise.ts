import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import { delivered, over, packets, published } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { secondsOf } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/door/command';
const REPAIR = 'repair';
const DOOR = 'door';

const byRepair = (view: View) => published(view, REPAIR);
/** An empty retained message: it clears what the broker keeps (3.1.1 [MQTT-3.3.1-10]). */
const clearing = (view: View) =>
  byRepair(view).filter(
    ({ packet }) => packet.topic === TOPIC && packet.retain && packet.payload.length === 0,
  );
const isKept = (view: View) => view.state.retained.some(({ topic }) => topic === TOPIC);

/** The door's subscription, once granted. */
const doorListens = (view: View) => {
  const asked = packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: DOOR }).some(
    ({ packet }) => packet.subscriptions.some(({ filter }) => matches(filter, TOPIC)),
  );
  return asked
    ? packets(view, { kind: 'SUBACK', direction: 'to-client', name: DOOR })[0]
    : undefined;
};
const gotKept = (view: View) => delivered(view, DOOR, TOPIC).find(({ packet }) => packet.retain);

const exercise: Exercise = {
  devices: ['repair.ts', 'door.ts'],
  scene: { retained: [{ topic: TOPIC, payload: 'open' }] },
  // The panel's own “Clear” would do what the program is to do.
  brokerActions: false,
  checks: [
    {
      id: 'cleared',
      holds: (view) => clearing(view).length > 0 && !isKept(view),
      hints: [
        {
          id: 'with-a-space',
          when: (view) =>
            byRepair(view).some(
              ({ packet }) =>
                packet.retain &&
                packet.payload.length > 0 &&
                new TextDecoder().decode(packet.payload).trim() === '',
            ),
        },
        {
          // `"''"`: quotes that were to say “empty”, and are the payload.
          id: 'two-quotes',
          when: (view) =>
            byRepair(view).some(
              ({ packet }) =>
                packet.retain &&
                /^\s*(''|""|``)\s*$/.test(new TextDecoder().decode(packet.payload)),
            ),
        },
        {
          id: 'another-command',
          when: (view) => {
            const other = byRepair(view).find(
              ({ packet }) => packet.topic === TOPIC && packet.retain && packet.payload.length > 0,
            );
            return other ? { payload: new TextDecoder().decode(other.packet.payload) } : false;
          },
        },
        {
          id: 'ordinary-command',
          when: (view) => {
            const other = byRepair(view).find(
              ({ packet }) => packet.topic === TOPIC && packet.payload.length > 0,
            );
            return other ? { payload: new TextDecoder().decode(other.packet.payload) } : false;
          },
        },
        {
          id: 'wrong-topic',
          when: (view) => {
            const wrong = byRepair(view).find(({ packet }) => packet.topic !== TOPIC);
            return wrong ? { topic: wrong.packet.topic } : false;
          },
        },
        {
          // 3.1.1 [MQTT-3.3.1-12]
          id: 'without-retain',
          when: (view) => byRepair(view).some(({ packet }) => !packet.retain),
        },
        ...stopped(REPAIR),
        {
          id: 'door-clears',
          when: (view) =>
            over(view, REPAIR) &&
            published(view, DOOR, TOPIC).some(
              ({ packet }) => packet.retain && packet.payload.length === 0,
            ),
        },
        { id: 'nothing-published', when: (view) => over(view, REPAIR) },
      ],
    },
    {
      id: 'quiet',
      // A retained message comes right after SUBACK: the door has left again without one.
      holds: (view) =>
        clearing(view).length > 0 &&
        doorListens(view) !== undefined &&
        over(view, DOOR) &&
        gotKept(view) === undefined,
      hints: [
        {
          id: 'too-late',
          when: (view) => {
            const [first] = clearing(view);
            const got = gotKept(view);
            return first !== undefined && got !== undefined && got.entry.n < first.entry.n;
          },
        },
        {
          id: 'door-not-there',
          when: (view) =>
            clearing(view).length > 0 && over(view, DOOR) && doorListens(view) === undefined,
        },
      ],
    },
  ],
  proof: (view) => ({ at: secondsOf(clearing(view)[0]!.entry) }),
};

export default exercise;
