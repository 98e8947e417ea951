import { errorOf, stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { accepted, over, packets, published } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';
import type { LineRefusedEntry } from '../../../sandbox/protocol/trace.ts';
import { given } from './certificates.ts';

const [OPENED, NEW, STRANGER] = ['meter-17', 'meter-18', 'stranger'] as const;
const topicOf = (meter: string): string => `meters/${meter}/kwh`;

/** The last connection of a program that was refused before MQTT began. */
const refusal = (view: View, name: string): LineRefusedEntry | undefined =>
  view.entries
    .filter((entry) => entry.type === 'line-refused')
    .filter((entry) => entry.name === name)
    .at(-1);
const endedBy =
  (name: string, ...why: string[]) =>
  (view: View) =>
    accepted(view, name).length === 0 && why.includes(refusal(view, name)?.refusal ?? '');

/** The broker's reason code for the last CONNECT of a program. */
const codeOf = (view: View, name: string): number =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name }).at(-1)?.packet.reasonCode ?? 0;

/** What the broker has answered to a reading; undefined: nothing, or there was none. */
function answerTo(view: View, from: string, topic: string): number | undefined {
  const acknowledged = packets(view, { kind: 'PUBACK', direction: 'to-client', name: from });
  const [sent] = published(view, from, topic);
  const answer = acknowledged.find(
    ({ packet, entry }) =>
      sent && packet.packetId === sent.packet.packetId && entry.n > sent.entry.n,
  );
  return answer && (answer.packet.reasonCode ?? 0);
}
const taken = (view: View, from: string, topic: string): boolean =>
  (answerTo(view, from, topic) ?? 0x80) < 0x80;
const denied = (view: View, from: string, topic: string): boolean =>
  (answerTo(view, from, topic) ?? 0) >= 0x80;

/** The first error of the broker's files: it did not start. */
const brokerError = (view: View): string | undefined =>
  view.entries.filter((entry) => entry.type === 'log').find(({ level }) => level === 'error')?.text;
const didNotStart = (view: View): boolean => view.state.listeners?.length === 0;
/** As the broker's log has it. Undefined: it has no name. */
const userOf = (view: View, clientId: string): string | undefined => {
  const lines = view.entries.flatMap((entry) => (entry.type === 'log' ? [entry.text] : []));
  const line = lines.findLast((text) => text.includes(` as ${clientId} (`));
  return line && /u'([^']*)'/.exec(line)?.[1];
};
const says = (id: string, name: string, words: RegExp): Hint => ({
  id,
  when(view) {
    const text = errorOf(view, name);
    return text !== undefined && words.test(text) && { text };
  },
});

const exercise: Exercise = {
  devices: ['meter-18.ts', 'meter-17.ts', 'stranger.ts'],
  panels: ['files', 'stage', 'packets'],
  scene: { given },
  explains: ['program-failed'],
  checks: inTurn([
    {
      // mosquitto.conf(5), require_certificate and cafile
      id: 'kept-out',
      holds: endedBy(STRANGER, 'tls-unknown-ca'),
      hints: [
        {
          id: 'no-file',
          when(view) {
            const text = didNotStart(view) && brokerError(view);
            return text !== undefined && text !== false && /Unable to load/.test(text) && { text };
          },
        },
        {
          id: 'not-started',
          when: (view) => didNotStart(view) && { text: brokerError(view) ?? '–' },
        },
        { id: 'no-tls', when: endedBy(STRANGER, 'tls') },
        { id: 'no-listener', when: endedBy(STRANGER, 'no-listener', 'protocol', 'local-only') },
        {
          id: 'only-refused',
          when: (view) => codeOf(view, STRANGER) !== 0 && { code: codeOf(view, STRANGER) },
        },
        {
          id: 'stranger-changed',
          when: (view) =>
            endedBy(
              STRANGER,
              'tls-no-certificate',
              'tls-server-unknown',
              'tls-server-name',
            )(view) ||
            (accepted(view, STRANGER).length > 0 && userOf(view, STRANGER) !== undefined),
        },
        { id: 'not-asked', when: (view) => accepted(view, STRANGER).length > 0 },
        { id: 'stranger-away', when: (view) => over(view, STRANGER) },
      ],
    },
    {
      id: 'new-meter',
      holds: (view) => taken(view, NEW, topicOf(NEW)),
      hints: [
        { id: 'no-certificate', when: endedBy(NEW, 'tls-no-certificate') },
        {
          id: 'no-authority',
          when: (view) =>
            endedBy(NEW, 'tls-unknown-ca')(view) && endedBy(OPENED, 'tls-unknown-ca')(view),
        },
        { id: 'strange-certificate', when: endedBy(NEW, 'tls-unknown-ca') },
        { id: 'no-trust', when: endedBy(NEW, 'tls-server-unknown', 'tls-server-chain') },
        { id: 'other-name', when: endedBy(NEW, 'tls-server-name') },
        { id: 'plain', when: endedBy(NEW, 'tls') },
        {
          id: 'other-port',
          when: (view) =>
            endedBy(NEW, 'no-listener')(view) && { port: refusal(view, NEW)?.port ?? '–' },
        },
        says('no-such-file', NEW, /ENOENT/),
        says('no-pem', NEW, /no start line/),
        says('wrong-key', NEW, /key values mismatch/),
        {
          id: 'not-authorised',
          when: (view) => codeOf(view, NEW) !== 0 && { code: codeOf(view, NEW) },
        },
        {
          id: 'no-name',
          when: (view) => denied(view, NEW, topicOf(NEW)) && userOf(view, NEW) === undefined,
        },
        {
          id: 'whole-subject',
          when(view) {
            const user = userOf(view, NEW) ?? '';
            return denied(view, NEW, topicOf(NEW)) && user.startsWith('CN=') && { user };
          },
        },
        {
          id: 'other-certificate',
          when(view) {
            const user = userOf(view, NEW);
            return denied(view, NEW, topicOf(NEW)) && user !== NEW && { user: user ?? '–' };
          },
        },
        { id: 'not-allowed', when: (view) => denied(view, NEW, topicOf(NEW)) },
        {
          id: 'other-topic',
          when(view) {
            const [one] = published(view, NEW);
            return one !== undefined && { topic: one.packet.topic };
          },
        },
        { id: 'no-reading', when: (view) => accepted(view, NEW).length > 0 && over(view, NEW) },
        ...stopped(NEW),
      ],
    },
    {
      id: 'own-topic',
      holds: (view) => taken(view, OPENED, topicOf(OPENED)) && denied(view, OPENED, topicOf(NEW)),
      hints: [
        { id: 'own-denied', when: (view) => denied(view, OPENED, topicOf(OPENED)) },
        { id: 'no-rules', when: (view) => taken(view, OPENED, topicOf(NEW)) },
        { id: 'meter-changed', when: (view) => over(view, OPENED) },
      ],
    },
  ]),
  proof: (view) => ({ user: userOf(view, NEW) ?? '–' }),
  predictions: [
    {
      id: 'same-name',
      measure(view) {
        const code = codeOf(view, STRANGER);
        if (code !== 0) return { answer: 1 };
        return endedBy(STRANGER, 'tls-unknown-ca')(view) ? { answer: 2 } : undefined;
      },
    },
  ],
};

export default exercise;
