import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import { over, packets } from '../../../sandbox/checks/view.ts';

const DEVICE = 'visitors';
const ANNAS = 'river-42';

interface Knock {
  user: string | undefined;
  password: string | undefined;
  /** CONNACK's return code (3.1.1, section 3.2.2.3). */
  code: number;
}
const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes && new TextDecoder().decode(bytes);

/** Who asked to come in, and what the broker answered: one knock a line. */
function knocks(view: View): Knock[] {
  const answers = packets(view, { kind: 'CONNACK', direction: 'to-client', name: DEVICE });
  return packets(view, { kind: 'CONNECT', direction: 'to-broker', name: DEVICE }).flatMap(
    ({ packet, line }) => {
      const answer = answers.find((each) => each.line.line === line.line);
      if (!answer) return [];
      const { userName: user, password } = packet;
      return [{ user, password: text(password), code: answer.packet.reasonCode }];
    },
  );
}
const stranger = (view: View) => knocks(view).find(({ user }) => user === undefined);
const guesser = (view: View) =>
  knocks(view).find(({ user, password }) => user === 'anna' && password !== ANNAS);
const anna = (view: View) =>
  knocks(view).find(({ user, password }) => user === 'anna' && password === ANNAS);
const ben = (view: View) => knocks(view).find(({ user }) => user === 'ben');

const haveAllCome = (view: View): boolean =>
  [stranger(view), guesser(view), anna(view), ben(view)].every((knock) => knock !== undefined);

const firstError = (view: View): string | undefined =>
  view.entries.filter((entry) => entry.type === 'log').find(({ level }) => level === 'error')?.text;

/** The starter's password file, which is there unless it was removed. */
const isShut = /Unable to open pwfile "(?:\/etc\/mosquitto\/)?passwd"/;

const exercise: Exercise = {
  devices: ['visitors.ts'],
  scene: {},
  panels: ['terminal', 'files', 'packets'],
  checks: [
    {
      id: 'stranger',
      holds: (view) => stranger(view)?.code === 5,
      hints: [
        { id: 'unreadable', when: (view) => isShut.test(firstError(view) ?? '') },
        {
          id: 'not-started',
          when: (view) => {
            const error = firstError(view);
            return error === undefined ? false : { error };
          },
        },
        { id: 'still-open', when: (view) => stranger(view)?.code === 0 && over(view, DEVICE) },
        { id: 'left-out', when: (view) => over(view, DEVICE) && !haveAllCome(view) },
      ],
    },
    { id: 'guesser', holds: (view) => guesser(view)?.code === 5 },
    {
      id: 'anna',
      holds: (view) => anna(view)?.code === 0,
      hints: [
        {
          id: 'nobody',
          when: (view) => anna(view)?.code === 5 && ben(view)?.code === 5,
        },
        { id: 'no-anna', when: (view) => anna(view)?.code === 5 && ben(view)?.code === 0 },
      ],
    },
    {
      id: 'ben',
      holds: (view) => ben(view)?.code === 0,
      hints: [{ id: 'wiped', when: (view) => anna(view)?.code === 0 && ben(view)?.code === 5 }],
    },
  ],
  predictions: [
    {
      id: 'before',
      measure: (view) => {
        const all = [stranger(view), guesser(view), anna(view), ben(view)];
        return all.every((knock) => knock?.code === 0) ? { answer: 1 } : undefined;
      },
    },
  ],
};

export default exercise;
