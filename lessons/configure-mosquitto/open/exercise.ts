import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { accepted, over, packets } from '../../../sandbox/checks/view.ts';

const DEVICE = 'phone';

/** What the broker said of itself when it started. */
const log = (view: View) => view.entries.filter((entry) => entry.type === 'log');
const errors = (view: View): string[] =>
  log(view)
    .filter(({ level }) => level === 'error')
    .map(({ text }) => text);
/** Where other machines can knock. */
const listens = (view: View): boolean =>
  view.state.listeners?.some(({ from }) => from.includes('network')) ?? false;
/** Mosquitto 2 without a listener (mosquitto.conf(5), allow_anonymous). */
const localOnly = (view: View): boolean =>
  log(view).some(({ text }) => text.startsWith('Starting in local only mode'));

const connects = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: DEVICE });
/** The phone's connections without a user name. */
const nameless = (view: View): number[] =>
  connects(view).flatMap(({ packet, line }) => (packet.userName === undefined ? [line.line] : []));
const isIn = (view: View, line: number): boolean =>
  accepted(view, DEVICE).some((seen) => seen.line.line === line);

const exercise: Exercise = {
  devices: ['phone.ts'],
  scene: {},
  panels: ['files', 'packets'],
  checks: [
    {
      id: 'in',
      holds: (view) => nameless(view).some((line) => isIn(view, line)),
      hints: [
        {
          id: 'empty-listener',
          when: (view) => errors(view).some((text) => text.includes('Empty listener value')),
        },
        {
          id: 'unknown-option',
          when: (view) => {
            for (const text of errors(view)) {
              const option = /Unknown configuration variable "(.*)"/.exec(text)?.[1];
              if (option !== undefined) return { option };
            }
            return false;
          },
        },
        {
          id: 'wrong-value',
          when: (view) => {
            for (const text of errors(view)) {
              const value = /Invalid allow_anonymous value \((.*)\)/.exec(text)?.[1];
              if (value !== undefined) return { value };
            }
            return false;
          },
        },
        {
          id: 'needs-no-users',
          when: (view) => errors(view).some((text) => text.includes('Unable to open pwfile')),
        },
        {
          id: 'not-started',
          when: (view) => {
            const [text] = errors(view);
            return text === undefined ? false : { text };
          },
        },
        {
          id: 'another-port',
          when: (view) => {
            const knock = view.entries.find(
              (entry) => entry.type === 'line-refused' && entry.refusal === 'no-listener',
            );
            return knock?.type === 'line-refused' && { port: knock.port ?? 1883 };
          },
        },
        {
          id: 'named-phone',
          when: (view) => {
            const user = connects(view).at(-1)?.packet.userName;
            return user !== undefined && { user };
          },
        },
        {
          // Return code 5, not authorised (3.1.1, section 3.2.2.3).
          id: 'refused',
          when: (view) =>
            over(view, DEVICE) &&
            packets(view, { kind: 'CONNACK', direction: 'to-client', name: DEVICE }).some(
              ({ packet }) => packet.reasonCode === 5,
            ),
        },
      ],
    },
    {
      id: 'open',
      holds: listens,
      hints: [
        { id: 'local-only', when: localOnly },
        {
          // mosquitto.conf(5), listener: an address after the port binds it to that one.
          id: 'own-address',
          when: (view) => (view.state.listeners?.length ?? 0) > 0,
        },
      ],
    },
  ],
  predictions: [
    {
      id: 'answer',
      measure: (view) => {
        const codes = packets(view, { kind: 'CONNACK', direction: 'to-client', name: DEVICE });
        const [first] = codes;
        const code = first?.packet.reasonCode ?? 0;
        return first && code !== 0
          ? { answer: 2, values: { code }, entry: first.entry.n }
          : undefined;
      },
    },
  ],
};

export default exercise;
