import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { lastLine, lastTyped, optionOf } from '../../../sandbox/checks/shell.ts';
import { packets, stateOf } from '../../../sandbox/checks/view.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { quote, secondsOf } from '../../../sandbox/checks/quote.ts';

const TOPIC = '$SYS/broker/version';

/** Filters in the order in which they were asked for, from a terminal of the page or another. */
const filters = (view: View): string[] =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker' })
    .filter(({ line }) => line.role !== 'actor')
    .flatMap(({ packet }) => packet.subscriptions.map(({ filter }) => filter));
const fits = (filter: string): boolean => matches(filter, TOPIC);
const answers = (view: View) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-client', topic: TOPIC });

const exercise: Exercise = {
  devices: [],
  scene: {},
  panels: ['terminal', 'packets'],
  checks: [
    {
      id: 'asked',
      holds: (view) => filters(view).some(fits),
      hints: [
        {
          // The shell knows only ' and ".
          id: 'smart-quotes',
          when: (view) => {
            const filter = filters(view).find((each) => /[‘’“”「」]/.test(each));
            return filter === undefined ? false : { filter };
          },
        },
        {
          // Within double quotes the shell puts the value of SYS there: nothing.
          id: 'shell-ate',
          when: (view) => {
            const filter = filters(view).find((each) => each.startsWith('/broker'));
            return filter === undefined ? false : { filter };
          },
        },
        {
          // [MQTT-4.7.2-1]
          id: 'wildcard-only',
          when: (view) => filters(view).some((each) => /^[#+]/.test(each)),
        },
        {
          id: 'another-topic',
          when: (view) => {
            const filter = filters(view).at(-1);
            return filter === undefined ? false : { filter };
          },
        },
        {
          id: 'published-instead',
          when: (view) => {
            const sent = packets(view, { kind: 'PUBLISH', direction: 'to-broker' }).find(
              ({ line }) => line.role !== 'actor',
            );
            if (sent) return { topic: sent.packet.topic };
            const typed = lastTyped(view).get('mosquitto_pub');
            return typed !== undefined && { topic: optionOf(typed, '-t', '--topic') ?? '–' };
          },
        },
        {
          id: 'of-the-command',
          when: (view) => {
            const words = lastTyped(view).get('mosquitto_sub')?.words ?? [];
            const option = words.find((word) => word === '--version' || word === '--help');
            return option !== undefined && { option };
          },
        },
        {
          // The program's file, its process and systemd know of a version; nobody asked the broker.
          id: 'of-the-machine',
          when: (view) => {
            const line = lastLine(view);
            const asked =
              /^\s*(?:sudo\s+)?(?:mosquitto|docker|systemctl|service|pgrep|pidof|ps|ls|cat)\b/;
            return line !== undefined && asked.test(line) && { line };
          },
        },
        { id: 'not-asked', when: (view) => stateOf(view, 'mosquitto_sub') === 'failed' },
      ],
    },
    {
      id: 'answered',
      holds: (view) =>
        packets(view, { kind: 'PUBLISH', direction: 'to-client', topic: TOPIC }).length > 0,
    },
  ],
  proof: (view) => ({ version: quote(answers(view)[0]!.packet.payload) }),
  predictions: [
    {
      id: 'late',
      measure: (view) => {
        const [first] = answers(view);
        return first?.packet.retain
          ? { answer: 1, values: { at: secondsOf(first.entry) }, entry: first.entry.n }
          : undefined;
      },
    },
  ],
};

export default exercise;
