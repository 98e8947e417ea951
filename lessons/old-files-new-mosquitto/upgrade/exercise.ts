import { inTurn } from '../../../sandbox/checks/steps.ts';
import { over, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { LogEntry } from '../../../sandbox/protocol/trace.ts';

const DEVICE = 'visitors';
const VERSION = '2.1.2';
/** Everybody in the network reaches the first; only programs of the broker's machine the second. */
const OPEN = 1883;
const NEAR = 1884;

const log = (view: View): LogEntry[] =>
  view.entries.filter((entry): entry is LogEntry => entry.type === 'log');
/** What matched in the first line of the log that does. */
function logged(view: View, words: RegExp): RegExpExecArray | undefined {
  for (const { text } of log(view)) {
    const found = words.exec(text);
    if (found) return found;
  }
  return undefined;
}
const isRunning = (view: View): boolean =>
  log(view).some(({ text }) => text === `mosquitto version ${VERSION} running`);
/** Why it did not start: its first error, which names no place in a file. */
function error(view: View): string | undefined {
  if (isRunning(view)) return undefined;
  return log(view).find(
    ({ level, text }) => level === 'error' && !text.startsWith('Error found at'),
  )?.text;
}

interface Knock {
  port: number | undefined;
  user: string | undefined;
  /** CONNACK's return code (3.1.1, section 3.2.2.3); undefined: nobody listened there. */
  code: number | undefined;
}
/** Who came to which port, and what the broker answered: one knock a connection. */
function knocks(view: View): Knock[] {
  const answers = packets(view, { kind: 'CONNACK', direction: 'to-client', name: DEVICE });
  const heard = packets(view, { kind: 'CONNECT', direction: 'to-broker', name: DEVICE }).map(
    ({ packet, line }): Knock => ({
      port: line.target?.port,
      user: packet.userName,
      code: answers.find((each) => each.line.line === line.line)?.packet.reasonCode,
    }),
  );
  const refused = view.entries.flatMap((entry): Knock[] =>
    entry.type === 'line-refused' && entry.name === DEVICE
      ? [{ port: entry.port, user: undefined, code: undefined }]
      : [],
  );
  return [...heard, ...refused];
}
const answerTo = (view: View, port: number, user: string | undefined): number | undefined =>
  knocks(view).findLast((knock) => knock.port === port && knock.user === user)?.code;
const stranger = (view: View) => answerTo(view, OPEN, undefined);
const ben = (view: View) => answerTo(view, OPEN, 'ben');
const backup = (view: View) => answerTo(view, NEAR, undefined);
/** The port at which somebody found no listener. */
const closed = (view: View): number | undefined =>
  [OPEN, NEAR].find((port) =>
    knocks(view).some((knock) => knock.port === port && knock.code === undefined),
  );

const deprecated = (view: View): string | undefined =>
  logged(view, /^The '(\w+)' option is now deprecated/)?.[1];

const exercise: Exercise = {
  devices: ['visitors.ts'],
  panels: ['files', 'stage', 'packets'],
  scene: { mosquitto: VERSION },
  checks: inTurn([
    {
      id: 'starts',
      holds: (view) => isRunning(view) && packets(view, { kind: 'CONNACK' }).length > 0,
      hints: [
        {
          id: 'not-a-number',
          when(view) {
            const option = /^Error: '(.+)' value not a number/.exec(error(view) ?? '')?.[1];
            return option !== undefined && { option };
          },
        },
        {
          // mosquitto.conf(5): what is about a listener stands below it.
          id: 'default-listener',
          when(view) {
            const option = logged(view, /^Creating default listener due to '(\w+)' option/)?.[1];
            return /already in use/.test(error(view) ?? '') && option !== undefined && { option };
          },
        },
        { id: 'port-twice', when: (view) => /already in use/.test(error(view) ?? '') },
        {
          id: 'password-line',
          when: (view) => /^password-file: Error: (?!Unable to open)/.test(error(view) ?? ''),
        },
        {
          id: 'above-listener',
          when(view) {
            const needs = /^Error: The '(.+)' option requires a listener/.exec(error(view) ?? '');
            return needs !== null && { option: needs[1]! };
          },
        },
        {
          id: 'unknown-option',
          when(view) {
            const words = /^Error: Unknown configuration variable '(.*)'/;
            const option = words.exec(error(view) ?? '')?.[1];
            return option !== undefined && { option };
          },
        },
        { id: 'not-started', when: (view) => error(view) !== undefined && { text: error(view)! } },
        { id: 'nobody-came', when: (view) => isRunning(view) && over(view, DEVICE) },
      ],
    },
    {
      id: 'same',
      holds: (view) => stranger(view) === 5 && ben(view) === 0 && backup(view) === 0,
      hints: [
        { id: 'stranger-in', when: (view) => stranger(view) === 0 },
        {
          id: 'no-listener',
          when: (view) =>
            over(view, DEVICE) && closed(view) !== undefined && { port: closed(view)! },
        },
        { id: 'ben-out', when: (view) => ben(view) === 5 },
        { id: 'backup-out', when: (view) => backup(view) === 5 },
        { id: 'others-came', when: (view) => over(view, DEVICE) },
      ],
    },
    {
      id: 'unwarned',
      holds: (view) => isRunning(view) && deprecated(view) === undefined,
      hints: [
        {
          id: 'deprecated',
          when: (view) => deprecated(view) !== undefined && { option: deprecated(view)! },
        },
      ],
    },
  ]),
  predictions: [
    {
      id: 'update',
      measure(view) {
        const text = error(view);
        return text === undefined ? undefined : { answer: 2, values: { text } };
      },
    },
  ],
};

export default exercise;
