import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import { stopped } from '../../../sandbox/checks/errors.ts';
import {
  accepted,
  deliveredFrom,
  over,
  packets,
  published,
  stateOf,
  swapped,
} from '../../../sandbox/checks/view.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'hello/mqtt';
const DEVICE = 'publisher';

/** Texts on the right topic: an empty payload is no message that somebody could hear. */
const texts = (view: View) =>
  published(view, DEVICE, TOPIC).filter(({ packet }) => packet.payload.length);

/** The first topic that the program published to and that is wrong in the given way. */
function topicThat(view: View, isWrong: (topic: string) => boolean): HintValues | false {
  const wrong = published(view, DEVICE).find(({ packet }) => isWrong(packet.topic));
  return wrong ? { topic: wrong.packet.topic } : false;
}

/** It opened a line, even if it was gone again before its CONNECT left. */
const triedToConnect = (view: View) =>
  view.entries.some((entry) => entry.type === 'line-opened' && entry.name === DEVICE);

/** The broker answered CONNECT with anything but 0. */
const refused = (view: View) =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name: DEVICE }).length > 0 &&
  accepted(view, DEVICE).length === 0;

/** MQTT.js broke off its connection, which it does if it can't write a packet, and opened another. */
function cameAgain(view: View): boolean {
  const left = packets(view, { kind: 'DISCONNECT', direction: 'to-broker', name: DEVICE });
  const lines = view.entries.filter(
    (entry) => entry.type === 'line-opened' && entry.name === DEVICE,
  );
  return lines.length > 1 && left.length === 0;
}
/** So many milliseconds without a packet of its own: the program waits for something. */
const SILENT_MS = 3000;
/** Since CONNACK it waits, or waited until it was stopped. */
function isSilent(view: View): boolean {
  const [first] = accepted(view, DEVICE);
  if (!first || stateOf(view, DEVICE) === 'ended') return false;
  const next = view.entries.find(
    (entry) =>
      entry.n > first.entry.n &&
      ((entry.type === 'packet' && entry.direction === 'to-broker') ||
        entry.type === 'line-closed') &&
      entry.line === first.line.line,
  );
  return (next?.at ?? view.now ?? view.entries.at(-1)!.at) - first.entry.at >= SILENT_MS;
}

const exercise: Exercise = {
  devices: ['publisher.ts'],
  scene: { actors: [{ name: 'subscriber', subscribes: [{ filter: TOPIC }] }] },
  checks: [
    {
      id: 'connected',
      holds: (view) => accepted(view, DEVICE).length > 0,
      hints: [
        {
          id: 'not-connected',
          when: (view) => over(view, DEVICE) && (!triedToConnect(view) || refused(view)),
        },
      ],
    },
    {
      id: 'published',
      holds: (view) => texts(view).length > 0,
      hints: [
        {
          id: 'leading-slash',
          when: (view) => topicThat(view, (topic) => topic.toLowerCase() === `/${TOPIC}`),
        },
        {
          // The specification compares topics character by character [MQTT-4.7.3-4].
          id: 'wrong-case',
          when: (view) =>
            topicThat(view, (topic) => topic !== TOPIC && topic.toLowerCase() === TOPIC),
        },
        {
          id: 'one-text',
          when: (view) =>
            topicThat(
              view,
              (topic) => topic.startsWith(TOPIC) && /^\s*[,;]/.test(topic.slice(TOPIC.length)),
            ),
        },
        swapped(DEVICE, (text) => text === TOPIC),
        { id: 'empty-payload', when: (view) => published(view, DEVICE, TOPIC).length > 0 },
        { id: 'wrong-topic', when: (view) => topicThat(view, (topic) => topic !== TOPIC) },
        ...stopped(DEVICE),
        { id: 'unwritten', when: (view) => over(view, DEVICE) && cameAgain(view) },
        {
          id: 'subscribed-instead',
          when: (view) =>
            over(view, DEVICE) &&
            packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: DEVICE }).length > 0,
        },
        { id: 'never-called', when: isSilent },
        {
          // It knocked, and was gone before a PUBLISH left it. While it runs, one may still come.
          id: 'ended-too-soon',
          when: (view) => over(view, DEVICE) && triedToConnect(view) && !refused(view),
        },
      ],
    },
    {
      id: 'delivered',
      holds: (view) =>
        deliveredFrom(view, DEVICE, 'subscriber', TOPIC).some(
          ({ packet }) => packet.payload.length > 0,
        ),
    },
  ],
  proof: (view) => ({
    message: quote(texts(view).at(-1)!.packet.payload),
  }),
  predictions: [
    {
      id: 'how-many',
      measure: (view) => {
        if (!over(view, DEVICE) || published(view, DEVICE).length > 0) return undefined;
        const seen = packets(view, { name: DEVICE });
        const kinds = seen.map(({ packet }) => packet.kind);
        // A program that never got in, or left without a word, is another one.
        if (kinds.at(-1) !== 'DISCONNECT' || kinds.length !== 3) return undefined;
        const values = { count: kinds.length, kinds: kinds.join(', ') };
        return { answer: 2, values, entry: seen.at(-1)!.entry.n };
      },
    },
  ],
};

export default exercise;
