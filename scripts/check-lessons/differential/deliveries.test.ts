import { describe, expect, it } from 'vitest';
import { whyNoReference } from '../../../sandbox/testing/differential/mosquitto.ts';
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { published } from '../../../sandbox/checks/view.ts';
import type { CapturedPacket } from '../../../src/mdx/captures/capture.ts';
import { normalise } from '../captures/normalise.ts';
import type { ExerciseFiles } from '../lesson.ts';
import { parseMdx } from '../page.ts';
import { memory } from '../rooms/memory.ts';
import { mosquitto } from '../rooms/mosquitto.ts';
import { bothApply, silentAbout } from '../rules/same-as-mosquitto.ts';
import { runExercise } from '../run-exercise.ts';
import { deliveriesOf, deliveryDifferences } from './deliveries.ts';

const packet = (client: string, bytes: string): CapturedPacket => ({
  ...{ client, line: 1, direction: 'to-client', version: 4, bytes },
});
const publish = (payload: string, first = '30') =>
  `${first}0${3 + payload.length}000161${Buffer.from(payload).toString('hex')}`;

describe('what two brokers said', () => {
  it('is the same in whatever order and however often, with other figures', () => {
    const one = [packet('lamp', publish('7.5')), packet('lamp', '20020000')];
    const again = packet('lamp', publish('9'));
    expect(deliveryDifferences(one, [packet('lamp', '20020000'), again, again])).toEqual([]);
  });
  it.each([
    ['a flag', publish('x', '31'), '- lamp: PUBLISH a (QoS 0, RETAIN) x'],
    ['a payload', publish('y'), '- lamp: PUBLISH a (QoS 0) y'],
    ['a refusal', '20020005', '- lamp: CONNACK 5'],
  ])('differs in %s', (_what, theirs, line) => {
    const found = deliveryDifferences([packet('lamp', theirs)], [packet('lamp', publish('x'))]);
    expect(found).toEqual(['+ lamp: PUBLISH a (QoS 0) x', line]);
  });
});

const exercise: Exercise = {
  devices: ['lamp.ts'],
  scene: {
    retained: [{ topic: 'home/lamp', payload: 'on' }],
    actors: [{ name: 'switch', subscribes: [{ filter: 'home/#' }] }],
  },
  checks: [{ id: 'said', holds: (view) => published(view, 'lamp', 'home/lamp').length > 0 }],
};
const program = `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
await client.subscribeAsync('home/lamp', { qos: 1 });
await client.publishAsync('home/lamp', 'off', { qos: 1 });
await new Promise((resolve) => {
  client.on('message', (topic, payload) => String(payload) === 'off' && resolve(undefined));
});
await client.endAsync();
`;
const files: ExerciseFiles = {
  id: 'lights/light',
  exercise,
  starter: new Map(),
  solution: new Map([['lamp.ts', program]]),
  alsoRight: new Map(),
  mistakes: new Map(),
  captures: new Map(),
  comments: {},
};

describe.skipIf(whyNoReference() !== undefined)('a solution and both brokers', () => {
  it('are the same from a room and from mosquitto, with the scene', async () => {
    const run = async (source: typeof memory) =>
      normalise((await runExercise(source, files, files.solution, { linger: true })).entries);
    const theirs = await run(mosquitto);
    expect(deliveryDifferences(theirs, await run(memory))).toEqual([]);
    expect([...deliveriesOf(theirs).get('switch')!]).toEqual([
      'CONNACK 0',
      'SUBACK 0',
      'PUBLISH home/lamp (QoS 0, RETAIN) on',
      'PUBLISH home/lamp (QoS 0) off',
    ]);
  });
});

it('knows which scripts mean something to both, and which page says that they differ', () => {
  expect(bothApply(files)).toBe(true);
  const fault = { direction: 'to-client', action: { do: 'drop' } } as const;
  const faulty = { ...files, exercise: { ...exercise, scene: { faults: [fault] } } };
  expect(bothApply(faulty)).toBe(false);
  expect(bothApply({ ...files, solution: new Map([['sub.sh', '']]) })).toBe(false);
  const killed = new Map([['terminal.sh', 'mosquitto_pub -n -t a\nsudo pkill -9 mosquitto\n']]);
  expect(bothApply({ ...files, solution: killed })).toBe(false);
  const secure = new Map([
    ['mosquitto.conf', 'listener 8883\ncertfile /etc/mosquitto/certs/a.crt'],
  ]);
  expect(bothApply({ ...files, solution: secure })).toBe(false);
  const pages = {
    en: parseMdx('<Differs exercise="light">\n\nIt waits.\n\n</Differs>'),
    'zh-tw': parseMdx('<Differs exercise="other">\n\n它會等。\n\n</Differs>'),
  };
  expect(silentAbout({ slug: 'lights', pages, exercises: [] }, 'light')).toEqual(['zh-tw']);
});
