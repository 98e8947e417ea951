import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { lastTyped, optionOf } from '../../../sandbox/checks/shell.ts';
import { over, packets, stateOf } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';

const TOPIC = 'home/kitchen/display';
const TEXT = 'dinner is ready';
/** Milliseconds in which what the broker kept has long come. */
const SOON = 1000;
/** All below home, however deep. */
const BELOW_HOME = [TOPIC, 'home', 'home/a/b/c'];

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);
const asked = (view: View) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', role: 'device' });
const filters = (view: View): string[] =>
  asked(view).flatMap(({ packet }) => packet.subscriptions.map(({ filter }) => filter));
/** A command that was typed has ended with an error, and left no packet. */
const isRefused = (view: View, program: string) => stateOf(view, program) === 'failed';
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
          // In bash a `#` after a space begins a comment.
          id: 'shell-ate',
          when: (view) =>
            filters(view).at(-1) === 'home/' &&
            /\s#/.test(lastTyped(view).get('mosquitto_sub')?.line ?? ''),
        },
        {
          id: 'another-filter',
          when: (view) => {
            const filter = filters(view).at(-1);
            return filter === undefined ? false : { filter };
          },
        },
        { id: 'sub-refused', when: (view) => isRefused(view, 'mosquitto_sub') },
        // The broker keeps nothing: whoever subscribes later is too late for it.
        { id: 'nobody-listens', when: (view) => said(view).length > 0 },
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
        { id: 'pub-refused', when: (view) => isRefused(view, 'mosquitto_pub') },
        {
          id: 'sub-instead',
          when: (view) => {
            const typed = lastTyped(view).get('mosquitto_sub');
            const message = typed && optionOf(typed, '-m', '--message');
            return message !== undefined && { message };
          },
        },
        {
          id: 'nothing-said',
          when: (view) =>
            said(view).length === 0 && filters(view).length > 0 && over(view, 'mosquitto_sub'),
        },
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
        {
          id: 'not-there',
          when: (view) => {
            const isRight = filters(view).some((filter) => matches(filter, TOPIC));
            return (
              isRight && rightly(view).length > 0 && stateOf(view, 'mosquitto_sub') === 'ended'
            );
          },
        },
      ],
    },
  ],
  proof: () => ({ message: TEXT }),
  predictions: [
    {
      id: 'too-late',
      measure: (view) => {
        const granted = packets(view, { kind: 'SUBACK', direction: 'to-client' })[0]?.entry;
        const early = said(view).find(({ entry }) => granted && entry.n < granted.n);
        const now = view.entries.at(-1)?.at ?? 0;
        if (!granted || !early || now - granted.at < SOON) return undefined;
        const heard = packets(view, { kind: 'PUBLISH', direction: 'to-client', role: 'device' });
        const next = said(view).find(({ entry }) => entry.n > granted.n)?.entry.n ?? Infinity;
        const isKept = heard.some(({ entry }) => entry.n < next);
        return isKept ? { answer: 0 } : { answer: 1 };
      },
    },
  ],
};

export default exercise;
