import { expect, it } from 'vitest';
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { packets } from '../../../sandbox/checks/view.ts';
import type { ExerciseFiles } from '../lesson.ts';
import { memory } from '../rooms/memory.ts';
import { isRunnable, runExercise } from '../run-exercise.ts';
import { readTerminalScript } from './terminal-script.ts';

it('reads what is typed, where, and before which Apply', () => {
  const text = '# users\nmosquitto_passwd -b passwd a b\n# apply\nsub \\\n -v\n# terminal 2\npub\n';
  expect(readTerminalScript(text)).toEqual({
    applied: [[{ terminal: 1, line: 'mosquitto_passwd -b passwd a b' }]],
    rest: [
      { terminal: 1, line: 'sub  -v' },
      { terminal: 2, line: 'pub' },
    ],
  });
});

const exercise: Exercise = {
  devices: [],
  scene: {},
  checks: [
    {
      id: 'heard',
      holds: (view) =>
        packets(view, { kind: 'PUBLISH', direction: 'to-client', topic: 'a' }).length > 0,
      hints: [{ id: 'silent', when: () => true }],
    },
  ],
};
const files = (script: string): ExerciseFiles => ({
  id: 'shell/two',
  exercise,
  starter: new Map([
    ['mosquitto.conf', 'listener 1883\npassword_file /etc/mosquitto/passwd\n'],
    ['passwd', ''],
  ]),
  solution: new Map([['terminal.sh', script]]),
  alsoRight: new Map(),
  mistakes: new Map(),
  captures: new Map(),
  comments: {},
});
const run = async (script: string) =>
  runExercise(memory, files(script), files(script).solution).then(({ results }) => results);

it('types into two terminals, one beside the other, after Apply', async () => {
  const users = 'mosquitto_passwd -b passwd anna secret\n# apply\n';
  const sub = "mosquitto_sub -u anna -P secret -t '#' -C 1\n";
  const pub = '# terminal 2\nmosquitto_pub -u anna -P secret -t a -m 1\n';
  expect(await run(users + sub + pub)).toMatchObject([{ id: 'heard', state: 'true' }]);
}, 120_000);
it('without Apply the broker does not know the user', async () => {
  const sub =
    "mosquitto_passwd -b passwd anna secret\nmosquitto_sub -u anna -P secret -t '#' -C 1\n";
  expect(await run(sub)).toMatchObject([{ state: 'not-yet', hint: { id: 'silent' } }]);
}, 120_000);

it('programs of a real machine need a room that is reached over TCP', () => {
  const set = new Map([['send.py', '']]);
  expect(isRunnable(memory, set)).toBe(false);
  expect(isRunnable({ ...memory, overTcp: true }, set)).toBe(true);
});
