import { generate, type Packet as Generated } from 'mqtt-packet';
import { expect, it } from 'vitest';
import type { Check, View } from '../protocol/exercise.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import { published } from './view.ts';
import { evaluate } from './evaluate.ts';
import { explained, hex, inTurn, refused, steps, visible } from './steps.ts';

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
  version: 5,
  bytes: generate(what, { protocolVersion: 5 }),
  fate: 'passed',
});
const opened = (line = 1): Bare => ({
  type: 'line-opened',
  line,
  transport: 'memory',
  role: 'device',
  name: 'lamp',
});
const closed = (line = 1): Bare => ({ type: 'line-closed', line, by: 'client' });
const connack = (reasonCode: number, line = 1) =>
  packet('to-client', { cmd: 'connack', reasonCode, sessionPresent: false }, line);
const publish = (topic: string) =>
  packet('to-broker', { cmd: 'publish', topic, payload: 'x', qos: 0, dup: false, retain: false });
const device = (state: 'running' | 'ended' | 'failed', error?: string): Bare => ({
  type: 'device',
  device: 'lamp',
  state,
  ...(error !== undefined && { error }),
});

const on = (topic: string): Check => ({
  id: topic,
  holds: (view) => published(view, 'lamp', topic).length > 0,
  hints: [
    refused('lamp'),
    ...explained(/out of range/, 'lamp'),
    { id: `no-${topic}`, when: () => true },
  ],
});
const checks = steps(['lamp'], [on('a'), on('b')]);
/** The hint of each check that has one. */
const hints = (...bare: Bare[]) =>
  evaluate({ devices: ['lamp.ts'], scene: {}, checks }, viewOf(...bare)).map(({ hint }) => hint);

it('takes checks in turn without what steps() says first', () => {
  const own = (id: string): Check => ({
    id,
    holds: (view) => published(view, 'lamp', id).length > 0,
    hints: [{ id: `no-${id}`, when: () => true }],
  });
  const found = evaluate(
    { devices: ['lamp.ts'], scene: {}, checks: inTurn([own('a'), own('b')]) },
    viewOf(opened(), device('ended')),
  );
  expect(found.map(({ hint }) => hint?.id)).toEqual(['no-a', undefined]);
});

it('gives a hint for the first step that is not done', () => {
  const start = [opened(), connack(0)];
  expect(hints(...start).map((hint) => hint?.id)).toEqual(['no-a', undefined]);
  expect(hints(...start, publish('a')).map((hint) => hint?.id)).toEqual([undefined, 'no-b']);
  // The second alone leaves the first to be done.
  expect(hints(...start, publish('b')).map((hint) => hint?.id)).toEqual(['no-a', undefined]);
});

it('names what the broker refused before the own hints of the step', () => {
  const refused: Bare = {
    ...{ type: 'refused', line: 1, version: 5, rule: 'wildcard', statement: 'MQTT-3.3.2-2' },
    bytes: new Uint8Array(),
  };
  // The broker says goodbye, too.
  const dismissed = packet('to-client', { cmd: 'disconnect', reasonCode: 0x90 });
  expect(hints(opened(), connack(0), publish('a'), refused, dismissed)[1]).toEqual({
    id: 'broken-rule',
    values: { device: 'lamp', statement: 'MQTT-3.3.2-2' },
  });
  const parted = packet('to-broker', { cmd: 'disconnect' });
  expect(hints(opened(), connack(0), publish('a'), parted, refused)[1]?.id).toBe('no-b');
  expect(hints(opened(), connack(0x87))[0]).toEqual({
    id: 'refused',
    values: { device: 'lamp', code: '0x87' },
  });
});

it('knows a program that breaks off its own connections, and one that says goodbye', () => {
  const broken = [1, 2, 3].flatMap((line) => [opened(line), closed(line)]);
  expect(hints(...broken)[0]).toEqual({ id: 'unwritable', values: { device: 'lamp', count: 3 } });
  const polite = [1, 2, 3].flatMap((line) => [
    opened(line),
    connack(0, line),
    packet('to-broker', { cmd: 'disconnect' }, line),
    closed(line),
  ]);
  expect(hints(...polite)[0]?.id).toBe('no-a');
});

it('tells a program that never connected from one that failed', () => {
  expect(hints(device('running'), device('ended'))[0]?.id).toBe('never-connected');
  const end = (error: string) =>
    hints(opened(), connack(0), device('running'), device('failed', error))[0];
  expect(end('Error: Alias out of range')).toEqual({ id: 'failed', values: { device: 'lamp' } });
  expect(end('ReferenceError: on is not defined')?.id).toBe('error-name');
  expect(end('Error: of another kind')?.id).toBe('program-failed');
});

it('shows what one would not see', () => {
  expect([visible(''), visible(' a b '), visible('a')]).toEqual(['∅', '␣a b␣', 'a']);
  expect([hex(0), hex(0x9e)]).toEqual(['0x00', '0x9E']);
});
