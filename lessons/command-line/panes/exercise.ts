import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { packets, stateOf } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';

const TOPIC = 'home/kitchen/display';
const TEXT = 'dinner is ready';
/** All below home, however deep. */
const BELOW_HOME = [TOPIC, 'home', 'home/a/b/c'];

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);
const asked = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', role: 'device' });
const filters = (view: View): string[] =>
  asked(view).flatMap(({ packet }) => packet.subscriptions.map(({ filter }) => filter));
const said = (view: View) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-broker', role: 'device' });
const rightly = (view: View) =>
  said(view).filter(({ packet }) => packet.topic === TOPIC && text(packet.payload) === TEXT);

const exercise: Exercise = {
  devices: [],
  scene: {},
  panels: ['terminal', 'packets'],
  checks: [
    {
      id: 'listens',
      holds: (view) =>
        filters(view).some((filter) => BELOW_HOME.every((topic) => matches(filter, topic))),
      hints: [
        {
          id: 'another-filter',
          when: (view) => {
            const filter = filters(view).at(-1);
            return filter === undefined ? false : { filter };
          },
        },
        { id: 'sub-refused', when: (view) => stateOf(view, 'mosquitto_sub') === 'failed' },
      ],
    },
    {
      id: 'said',
      holds: (view) => rightly(view).length > 0,
      hints: [
        {
          id: 'another-topic',
          when: (view) => {
            const other = said(view).find(({ packet }) => packet.topic !== TOPIC);
            return other ? { topic: other.packet.topic } : false;
          },
        },
        {
          id: 'another-text',
          when: (view) => {
            const [first] = said(view);
            return first ? { payload: text(first.packet.payload) } : false;
          },
        },
        { id: 'pub-refused', when: (view) => stateOf(view, 'mosquitto_pub') === 'failed' },
      ],
    },
    {
      id: 'heard',
      holds: (view) =>
        packets(view, {
          kind: 'PUBLISH',
          direction: 'to-client',
          role: 'device',
          topic: TOPIC,
        }).some(({ packet }) => text(packet.payload) === TEXT),
      hints: [
        {
          id: 'too-early',
          when: (view) => {
            const granted = packets(view, { kind: 'SUBACK', direction: 'to-client' }).at(0);
            const last = rightly(view).at(-1);
            return granted !== undefined && last !== undefined && last.entry.n < granted.entry.n;
          },
        },
      ],
    },
  ],
};

export default exercise;
