import { generate, type Packet as Generated } from 'mqtt-packet';
import { expect, it } from 'vitest';
import type { Exercise, Hint, View } from '../protocol/exercise.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import { stopped } from './errors.ts';
import { evaluate } from './evaluate.ts';

type Bare = TraceEntry extends infer E
  ? E extends TraceEntry
    ? Omit<E, 'n' | 'at'>
    : never
  : never;
const viewOf = (...bare: Bare[]): View => ({
  entries: bare.map((entry, at) => ({ ...entry, n: at + 1, at }) as TraceEntry),
  state: { clients: [], retained: [] },
});
const packet = (direction: 'to-broker' | 'to-client', what: Generated, line = 1): Bare => ({
  type: 'packet',
  line,
  direction,
  version: 4,
  bytes: generate(what),
  fate: 'passed',
});
const opened = (name = 'lamp', line = 1): Bare => ({
  type: 'line-opened',
  line,
  transport: 'memory',
  role: 'device',
  name,
});
const closed = (by: 'client' | 'broker' = 'client', line = 1): Bare => ({
  type: 'line-closed',
  line,
  by,
});
const connect = (clientId = 'a', line = 1) =>
  packet(
    'to-broker',
    {
      cmd: 'connect',
      protocolId: 'MQTT',
      protocolVersion: 4,
      clientId,
      keepalive: 60,
      clean: true,
    },
    line,
  );
const publish = (topic: string, payload: string) =>
  packet('to-broker', { cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false });
const refused: Bare = {
  ...{ type: 'refused', line: 1, version: 4, rule: 'topic-wildcard', statement: 'MQTT-3.3.2-2' },
  // PUBLISH to a/#
  bytes: Uint8Array.of(0x30, 5, 0, 3, 97, 47, 35),
};
const withoutId: Bare = {
  ...{ type: 'refused', line: 1, version: 4, rule: 'packet-id-zero', statement: 'MQTT-2.3.1-1' },
  bytes: Uint8Array.of(0x34, 5, 0, 1, 97, 0, 0),
};
const device = (state: 'running' | 'ended' | 'failed'): Bare => ({
  type: 'device',
  device: 'lamp',
  state,
});
const end = [closed(), device('ended')];

const exercise = (...hints: Hint[]): Exercise => ({
  devices: ['lamp.ts'],
  scene: {},
  checks: [
    { id: 'first', holds: () => false },
    { id: 'second', holds: () => false, hints },
  ],
});
const own = (id: string): Hint => ({ id, when: () => ({ topic: 'home ' }) });
const hintsOf = (one: Exercise, ...bare: Bare[]) =>
  evaluate(one, viewOf(...bare)).map(({ hint }) => hint);

it('says what was seen once the run is over, at the first check that is left', () => {
  const run = [device('running'), opened(), connect(), publish('home/lamp', ' on ')];
  expect(hintsOf(exercise(), ...run)).toEqual([undefined, undefined]);
  expect(hintsOf(exercise(), ...run, device('ended'))).toEqual([undefined, undefined]);
  expect(hintsOf(exercise(), ...run, ...end)).toEqual([
    { id: 'seen', values: { seen: 'lamp: CONNECT, PUBLISH home/lamp ␣on␣' } },
    undefined,
  ]);
  expect(hintsOf(exercise(), device('running'), device('failed'))[0]?.id).toBe('seen-nothing');
});

it('says that a value was not put into a text, before an own hint', () => {
  const run = [device('running'), opened(), connect()];
  expect(hintsOf(exercise(own('wrong-topic')), ...run, publish('home/${room}', 'on'))[0]).toEqual({
    ...{ id: 'unfilled', values: { what: 'PUBLISH home/${room} on' } },
  });
  expect(hintsOf(exercise(own('wrong-topic')), ...run, publish('home/$room', '{}'))[1]?.id).toBe(
    'wrong-topic',
  );
});

it('leaves the word to an exercise’s own hint, and makes its values visible', () => {
  expect(hintsOf(exercise(own('wrong-topic')), opened(), connect(), ...end)).toEqual([
    undefined,
    { id: 'wrong-topic', values: { topic: 'home␣' } },
  ]);
});

it('puts what the room refused before an own hint, unless that explains it', () => {
  const run = [device('running'), opened(), connect(), refused];
  expect(hintsOf(exercise(own('wrong-topic')), ...run)).toEqual([
    { id: 'published-to-filter', values: { device: 'lamp', topic: 'a/#' } },
    undefined,
  ]);
  const other = { ...refused, rule: 'topic-empty', statement: 'MQTT-4.7.3-1' } as Bare;
  expect(hintsOf(exercise(own('wrong-topic')), ...run.slice(0, -1), other)[0]).toEqual({
    ...{ id: 'packet-refused', values: { device: 'lamp', statement: 'MQTT-4.7.3-1' } },
  });
  expect(hintsOf(exercise(own('invalid')), ...run)[1]?.id).toBe('invalid');
  const parted = packet('to-broker', { cmd: 'disconnect' });
  expect(hintsOf(exercise(), device('running'), opened(), parted, refused)[0]).toBeUndefined();
});

it('names two programs with one client id, and not one that comes back', () => {
  const both = (other: string) => [
    ...[opened('lamp', 1), connect('same', 1), opened(other, 2), connect('same', 2)],
    closed('broker', 1),
  ];
  expect(hintsOf(exercise(), ...both('phone'))[0]).toEqual({
    id: 'same-client-id',
    values: { device: 'lamp', another: 'phone', id: 'same' },
  });
  expect(hintsOf(exercise(), ...both('lamp'))[0]).toBeUndefined();
  const about = { ...exercise(own('pushed-out')), explains: ['same-client-id'] };
  expect(hintsOf(about, ...both('phone')).map((hint) => hint?.id)).toEqual([
    undefined,
    'pushed-out',
  ]);
});

it('knows what a limit stopped, but not a CONNECT that was late', () => {
  const limit = (name: string): Bare => ({
    ...{ type: 'limit', line: 1, limit: name, value: 7, effect: 'closed' },
  });
  expect(hintsOf(exercise(), opened(), limit('topicBytes'))[0]?.id).toBe('limit-reached');
  expect(hintsOf(exercise(), opened(), limit('connectMs'))[0]).toBeUndefined();
});

it('knows a program that an error stopped, and one that failed after its DISCONNECT', () => {
  const connack = packet('to-client', { cmd: 'connack', returnCode: 0, sessionPresent: false });
  const run = [device('running'), opened(), connect(), connack];
  const one = exercise(...stopped('lamp'), own('too-soon'));
  expect(hintsOf(one, ...run, device('failed'))[1]).toEqual({
    id: 'program-failed',
    values: { device: 'lamp', error: '–' },
  });
  const parted = packet('to-broker', { cmd: 'disconnect' });
  expect(hintsOf(one, ...run, parted, device('failed'))[1]?.id).toBe('too-soon');
});

it('a PUBLISH with a qos of text, to which MQTT.js gave no packet identifier', () => {
  const run = [device('running'), opened(), connect(), withoutId, closed('broker')];
  expect(hintsOf(exercise(own('other')), ...run)[0]).toEqual({
    ...{ id: 'no-packet-id', values: { device: 'lamp', qos: 2 } },
  });
});

it.each([
  ['Error creating listener: Name or service not known.', 'listener-address'],
  ['Error binding unix socket: Permission denied', 'listener-port'],
  ['Error: Address already in use', 'port-taken'],
  ['Error: Unable to create websockets listener on port 1883.', 'port-taken'],
  ['Error: Invalid bridge configuration.', 'bridge-option'],
])('explains why the broker did not start: %s', (text, id) => {
  const log: Bare = { type: 'log', level: 'error', text };
  expect(hintsOf(exercise(own('not-started')), log)[0]).toEqual({ id, values: {} });
  const notice: Bare = { type: 'log', level: 'notice', text };
  expect(hintsOf(exercise(own('not-started')), notice)[1]?.id).toBe('not-started');
});
