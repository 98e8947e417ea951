import { expect, it, test } from 'vitest';
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

it('ends the broker’s process, and the run goes on', async () => {
  const conf =
    'listener 1883\nallow_anonymous true\npersistence true\npersistence_location /var/lib/mosquitto/\n';
  const script =
    'mosquitto_pub -r -q 1 -t b -m 1\nsudo systemctl restart mosquitto\nmosquitto_sub -t b -C 1\n' +
    'systemctl is-active mosquitto\nsudo pkill mosquitto\nmosquitto_sub -t b\n';
  const saving = { ...files(script), starter: new Map([['mosquitto.conf', conf]]) };
  const { entries, output } = await runExercise(memory, saving, saving.solution);
  const done = entries.flatMap((each) => (each.type === 'broker' ? [each.what] : []));
  expect(done).toEqual(['stopped', 'started', 'stopped']);
  expect(output).toContain('terminal 1: 1');
  expect(output).toContain('terminal 1: active');
  expect(output.at(-1)).toContain('Connection refused');
}, 120_000);

const hearing = async (script: string) => {
  const { results, entries } = await runExercise(memory, files(script), files(script).solution);
  return {
    hint: results[0]!.hint,
    typed: entries.flatMap((entry) => (entry.type === 'device' ? (entry.typed ?? []) : [])),
  };
};

const users = 'mosquitto_passwd -b passwd anna secret\n# apply\n';
/** It goes on until somebody stops it. */
const listening = `${users}mosquitto_sub -u anna -P secret -t 'c/#'`;

/** `-W 1`: it leaves after a second. */
test.each([
  ['mosquitto_sub -W 1 -t home/ # -v', 'shell-comment', { lost: '# -v' }],
  ['mosquitto_sub -W 1 -v -t # all', 'shell-comment', { lost: '# all' }],
  ['mosquitto_sub -W 1 -t $SYS/broker/version', 'shell-variable', { word: '/broker/version' }],
  ['mosquitto_sub -W 1 -t "$SYS/#"', 'shell-variable', { word: '/#' }],
  ['mosquitto_sub -W 1 -t “home/#”', 'shell-quotes', { word: '“home/#”' }],
  ['mosquitto_pub -t b -m 「dinner」', 'shell-quotes', { word: '「dinner」' }],
  ['mosquitto_pub -t b -m dinner is ready', 'shell-stray', { word: 'is' }],
  ["mosquitto_sub -v 'home/#' -W 1", 'shell-stray', { word: 'home/#' }],
  ["mosquitto_sub 'home/#' -W 1", 'shell-stray', { word: 'home/#' }],
  [`${listening}\nmosquitto_pub -t b -m 1`, 'shell-waiting', { line: 'mosquitto_pub -t b -m 1' }],
  [`${listening}; mosquitto_pub -t b -m 1`, 'shell-waiting', { line: 'mosquitto_pub -t b -m 1' }],
  ['mosquitto_pub -h broker.example -t b -m 1', 'shell-elsewhere', { host: 'broker.example' }],
  ['mosquitto_pub -h localhost -p 9 -t b -m 1', 'silent', {}],
  ['mqtt_sub -v', 'shell-failed', { line: 'mqtt_sub -v' }],
  ["mosquitto_sub -t 'c/#' &", 'shell-failed', { line: "mosquitto_sub -t 'c/#' &" }],
  [
    "mosquitto_sub -t 'c/#' &\nmosquitto_pub -t b -m 1",
    'shell-failed',
    { line: "mosquitto_sub -t 'c/#' &" },
  ],
  // Nothing went astray.
  ["mosquitto_sub -W 1 -t '$SYS/#' -v # all of it", 'silent', {}],
  ["mosquitto_pub -t b -m 'a # b' -q 1", 'silent', {}],
  ['mosquitto_pub -V 5 -D publish user-property a b -t b -m -1', 'silent', {}],
  [`${listening} -W 1; mosquitto_pub -t b -m 1`, 'silent', {}],
  // What was mended is forgotten.
  ["mqtt_sub -v\nmosquitto_sub -W 1 -t 'c/#'", 'silent', {}],
  [`${listening} -W 1\nmosquitto_pub -t b -m 1`, 'silent', {}],
  ['mosquitto_sub -W 1 -t home/ #\nmosquitto_sub -W 1 -t home/#', 'silent', {}],
])(
  '%s → %s',
  async (script, id, values) => {
    expect((await hearing(`${script}\n`)).hint).toEqual({ id, values });
  },
  120_000,
);

it('typed words are in the trace, cut, and without those of a password file', async () => {
  const long = `mosquitto_pub -t b -m '${'x'.repeat(300)}'`;
  const words = ['-t', 'b', '-m', 'x'.repeat(100)];
  const { typed } = await hearing(`${long}\nmosquitto_passwd -b passwd anna secret\n`);
  expect(typed).toEqual([{ line: long.slice(0, 200), words }]);
}, 120_000);

it('programs of a real machine need a room that is reached over TCP', () => {
  const set = new Map([['send.py', '']]);
  expect(isRunnable(memory, set)).toBe(false);
  expect(isRunnable({ ...memory, overTcp: true }, set)).toBe(true);
});

it('lets a program hold as many connections as a page does', async () => {
  const program = `import mqtt from 'mqtt';
const lamps = Array.from({ length: 12 }, () =>
  mqtt.connect('mqtt://localhost', { reconnectPeriod: 0 }).on('error', () => {}),
);
const came = (lamp) =>
  new Promise((done) => lamp.on('connect', () => done('open')).on('close', () => done('closed')));
const all = await Promise.all(lamps.map(came));
console.log(all.filter((one) => one === 'open').length, 'open of', all.length);
for (const lamp of lamps) lamp.end(true);
`;
  const devices = ['lamps.ts'];
  const lamps = { ...files(''), starter: new Map(), exercise: { ...exercise, devices } };
  const { output } = await runExercise(memory, lamps, new Map([['lamps.ts', program]]));
  expect(output.join()).toContain('10 open of 12');
}, 60_000);
