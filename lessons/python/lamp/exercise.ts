import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { delivered, over, packets, samePayload } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/lamp/set';
const LAMP = 'lamp';
const WORD = 'on';

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);
const fromOutside = (view: View) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-broker', role: 'outside' });
/** Of those, what reached the lamp: not what was typed in the page's terminal. */
const heard = (view: View) =>
  delivered(view, LAMP, TOPIC).filter(({ packet, entry }) =>
    fromOutside(view).some(
      (sent) => sent.entry.n < entry.n && samePayload(sent.packet.payload, packet.payload),
    ),
  );
const cameIn = (view: View): boolean =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', role: 'outside' }).some(
    ({ packet }) => packet.reasonCode === 0,
  );

/** Each connection from outside that the broker accepted has ended: nothing more comes over it. */
function hasLeft(view: View): boolean {
  const lines = packets(view, { kind: 'CONNACK', direction: 'to-client', role: 'outside' }).map(
    ({ line }) => line.line,
  );
  const closed = view.entries.flatMap((entry) =>
    entry.type === 'line-closed' ? [entry.line] : [],
  );
  return lines.length > 0 && lines.every((line) => over(view, LAMP) || closed.includes(line));
}
/** The lamp is ready: from now on a program may come. */
const isListening = (view: View): boolean =>
  packets(view, { kind: 'SUBACK', direction: 'to-client', name: LAMP }).length > 0;

const exercise: Exercise = {
  devices: ['lamp.ts'],
  scene: {},
  panels: ['stage', 'wire', 'packets'],
  checks: [
    {
      id: 'arrived',
      holds: cameIn,
      // Whatever stops a program before it connects is not seen here: Python says it there.
      hints: [{ id: 'nobody-came', when: (view) => isListening(view) || over(view, LAMP) }],
    },
    {
      id: 'lit',
      holds: (view) => heard(view).some(({ packet }) => text(packet.payload) === WORD),
      hints: [
        {
          // Nobody had subscribed, and the message was not retained.
          id: 'too-soon',
          when: (view) => {
            const from = packets(view, {
              kind: 'SUBSCRIBE',
              direction: 'to-broker',
              name: LAMP,
            }).find(({ packet }) =>
              packet.subscriptions.some(({ filter }) => matches(filter, TOPIC)),
            );
            const sent = fromOutside(view).filter(({ packet }) => packet.topic === TOPIC);
            if (!from || sent.length === 0 || heard(view).length > 0) return false;
            return sent.every(({ entry }) => entry.n < from.entry.n);
          },
        },
        {
          // Two texts without a comma between them are one text to Python.
          id: 'joined',
          when: (view) => {
            const other = fromOutside(view).find(
              ({ packet }) => packet.topic !== TOPIC && packet.topic.startsWith(TOPIC),
            );
            return other ? { topic: other.packet.topic } : false;
          },
        },
        {
          id: 'another-topic',
          when: (view) => {
            const other = fromOutside(view).find(({ packet }) => packet.topic !== TOPIC);
            return other ? { topic: other.packet.topic } : false;
          },
        },
        {
          id: 'another-word',
          when: (view) => {
            const [first] = heard(view);
            return first ? { payload: text(first.packet.payload) } : false;
          },
        },
        {
          id: 'subscribed-instead',
          when: (view) =>
            fromOutside(view).length === 0 &&
            packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', role: 'outside' }).length >
              0,
        },
        {
          // publish() only queues the packet: loop, or publish.single, sends it.
          id: 'never-left',
          when: (view) => fromOutside(view).length === 0 && hasLeft(view),
        },
      ],
    },
  ],
  proof: (view) => ({ word: quote(heard(view).at(-1)!.packet.payload) }),
};

export default exercise;
