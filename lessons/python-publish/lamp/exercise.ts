import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { delivered, over, packets, samePayload } from '../../../sandbox/checks/view.ts';
import { timeOf, visits, type Visit } from '../../../sandbox/checks/outside.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { quote } from '../../../sandbox/checks/quote.ts';

const TOPIC = 'home/lamp/set';
const LAMP = 'lamp';
const WORD = 'on';
const STEPS = ['10', '20', '30', '40', '50', '60', '70', '80', '90', '100'];
/** Milliseconds in which a program that is connected has long published, if it will. */
const LONG = 2500;
/** Milliseconds after CONNACK in which an error, or the end, has closed a connection that sent nothing. */
const AT_ONCE = 3000;

const text = (payload: Uint8Array): string => new TextDecoder().decode(payload);
const fromOutside = (view: View) => visits(view).flatMap(({ sent }) => sent);
/** Of those, what reached the lamp: not what was typed in the page's terminal. */
const heard = (view: View) =>
  delivered(view, LAMP, TOPIC).filter(({ packet, entry }) =>
    fromOutside(view).some(
      (sent) => sent.entry.n < entry.n && samePayload(sent.packet.payload, packet.payload),
    ),
  );
const words = (view: View) => heard(view).map(({ packet }) => text(packet.payload));
const missing = (view: View) => STEPS.filter((step) => !words(view).includes(step));
const accepted = (view: View) => visits(view).filter((visit) => visit.accepted !== undefined);
const isNumber = (word: string): boolean => word.trim() !== '' && Number.isFinite(Number(word));

/** The different steps that a connection carried to the broker. */
const stepsOf = ({ sent }: Visit): string[] =>
  STEPS.filter((step) =>
    sent.some(({ packet }) => packet.topic === TOPIC && text(packet.payload) === step),
  );
const areFirst = (steps: readonly string[]): boolean =>
  steps.length < STEPS.length && steps.every((step, at) => step === STEPS[at]);
/**
 * Closed without DISCONNECT, and the first steps only were sent: the program ended while the others
 * waited. Steps with a gap are another program's.
 */
const cutShort = (view: View) =>
  accepted(view).filter((one) => {
    const isAbout = one.sent.every(({ packet }) => isNumber(text(packet.payload)));
    const isEnded = one.closed !== undefined && !one.hasLeft && one.asked.length === 0;
    return isEnded && isAbout && areFirst(stepsOf(one));
  });
/** What was to come has come, or nothing more will. */
const isQuiet = (view: View): boolean =>
  over(view, LAMP) ||
  accepted(view).every(
    ({ closed, accepted: at = 0, sent }) =>
      closed !== undefined || timeOf(view) - (sent.at(-1)?.entry.at ?? at) > LONG,
  );
/** The lamp is ready: from now on a program may come. */
const isListening = (view: View): boolean =>
  packets(view, { kind: 'SUBACK', direction: 'to-client', name: LAMP }).length > 0;

/** A connection that published nothing; the last of them, if none has published anything. */
function silent(view: View): Visit | undefined {
  return fromOutside(view).length === 0 ? accepted(view).at(-1) : undefined;
}

const exercise: Exercise = {
  devices: ['lamp.ts'],
  scene: {},
  panels: ['stage', 'wire', 'packets'],
  checks: [
    {
      id: 'arrived',
      holds: (view) => accepted(view).length > 0,
      // Whatever stops a program before it connects is not seen here: Python says it there.
      hints: [{ id: 'nobody-came', when: (view) => isListening(view) || over(view, LAMP) }],
    },
    {
      id: 'lit',
      holds: (view) => words(view).includes(WORD),
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
          id: 'swapped',
          when: (view) =>
            fromOutside(view).some(
              ({ packet }) => packet.topic !== TOPIC && text(packet.payload) === TOPIC,
            ),
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
        { id: 'still-off', when: (view) => words(view).includes('off') },
        {
          id: 'another-word',
          when: (view) => {
            const [payload] = words(view);
            return payload !== undefined && { payload };
          },
        },
        {
          id: 'subscribed-instead',
          when: (view) => {
            const one = silent(view);
            return one !== undefined && one.asked.length > 0;
          },
        },
        {
          // Above connect(), publish() returns an error code that nobody looks at.
          id: 'left-silent',
          when: (view) => silent(view)?.hasLeft === true,
        },
        {
          id: 'ended-silent',
          when: (view) => {
            const { closed, accepted: at = 0 } = silent(view) ?? {};
            return closed !== undefined && closed - at < AT_ONCE;
          },
        },
        { id: 'stays-silent', when: (view) => silent(view) !== undefined && isQuiet(view) },
      ],
    },
    {
      id: 'bright',
      holds: (view) => missing(view).length === 0,
      hints: [
        {
          id: 'steps-elsewhere',
          when: (view) => {
            const other = fromOutside(view).find(({ packet }) => packet.topic !== TOPIC);
            return other ? { topic: other.packet.topic } : false;
          },
        },
        {
          // range(10, 100, 10) stops before its end.
          id: 'last-missing',
          when: (view) => missing(view).join() === '100' && isQuiet(view),
        },
        {
          id: 'other-steps',
          when: (view) => {
            const other = words(view).find((word) => ![...STEPS, WORD, 'off'].includes(word));
            return other !== undefined && { payload: other };
          },
        },
        {
          // What publish() queued for the loop's thread ends with the program.
          id: 'ended-early',
          when: (view) => {
            const last = cutShort(view).at(-1);
            return last !== undefined && { count: stepsOf(last).length };
          },
        },
        {
          id: 'left-early',
          when: (view) => {
            const steps = accepted(view).flatMap((one) => (one.hasLeft ? [stepsOf(one)] : []));
            const last = steps.findLast((some) => some.length > 0 && areFirst(some));
            return last !== undefined && isQuiet(view) && { count: last.length };
          },
        },
        {
          id: 'some-missing',
          when: (view) => {
            const left = missing(view);
            return left.length < STEPS.length && isQuiet(view) && { missing: left.join(', ') };
          },
        },
        { id: 'no-steps', when: isQuiet },
      ],
    },
  ],
  proof: () => ({ word: quote(WORD) }),
  predictions: [
    {
      id: 'early',
      measure: (view) => {
        // After `on`: until then another program may have failed.
        if (!words(view).includes(WORD)) return undefined;
        const [first] = cutShort(view);
        return first && { answer: 1, values: { count: stepsOf(first).length } };
      },
    },
  ],
};

export default exercise;
