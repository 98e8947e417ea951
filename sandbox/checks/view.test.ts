import { generate, type Packet as Generated } from 'mqtt-packet';
import { describe, expect, it } from 'vitest';
import type { View } from '../protocol/exercise.ts';
import type { DeviceState, Fate, LineOpenedEntry, TraceEntry } from '../protocol/trace.ts';
import {
  accepted,
  delivered,
  deliveredFrom,
  ended,
  over,
  packets,
  published,
  samePayload,
} from './view.ts';

/** An entry without its number and time. */
type Bare = TraceEntry extends infer E
  ? E extends TraceEntry
    ? Omit<E, 'n' | 'at'>
    : never
  : never;

const viewOf = (...bare: Bare[]): View => ({
  entries: bare.map((entry, at) => ({ ...entry, n: at + 1, at }) as TraceEntry),
  state: { clients: [], retained: [] },
});
const opened = (line: number, role: LineOpenedEntry['role'], name?: string): Bare => ({
  type: 'line-opened',
  line,
  transport: 'memory',
  role,
  ...(name !== undefined && { name }),
});
const packet = (
  line: number,
  direction: 'to-broker' | 'to-client',
  what: Generated,
  fate: Fate = 'passed',
): Bare => ({ type: 'packet', line, direction, version: 4, bytes: generate(what), fate });
const publish = (topic: string, payload: string): Generated => ({
  cmd: 'publish',
  topic,
  payload,
  qos: 0,
  dup: false,
  retain: false,
});
const connack = (returnCode: number): Generated => ({
  cmd: 'connack',
  returnCode,
  sessionPresent: false,
});
const device = (state: DeviceState): Bare => ({ type: 'device', device: 'lamp', state });

const view = viewOf(
  opened(1, 'actor', 'listener'),
  opened(2, 'device', 'lamp'),
  opened(3, 'outside'),
  packet(2, 'to-client', connack(0)),
  packet(2, 'to-broker', publish('a', 'one')),
  packet(3, 'to-broker', publish('a', 'two')),
  packet(1, 'to-client', publish('a', 'one')),
  packet(2, 'to-broker', publish('b', 'three'), 'dropped'),
  packet(2, 'to-broker', publish('b', 'four'), 'held'),
  packet(2, 'to-broker', publish('b', 'five'), 'duplicated'),
);
const topics = (seen: { packet: { topic: string } }[]) => seen.map((each) => each.packet.topic);

describe('packets', () => {
  it('are found by kind, direction, role, name and topic, together', () => {
    expect(packets(view, {})).toHaveLength(5);
    expect(packets(view, { kind: 'CONNACK' })).toHaveLength(1);
    expect(packets(view, { kind: 'PUBLISH', direction: 'to-broker' })).toHaveLength(3);
    expect(packets(view, { role: 'outside' })).toHaveLength(1);
    expect(packets(view, { kind: 'PUBLISH', name: 'lamp', topic: 'a' })).toHaveLength(1);
    expect(packets(view, { kind: 'PUBLISH', name: 'lamp', topic: 'A' })).toHaveLength(0);
  });
  it('come with the line that they were on', () => {
    const [seen] = packets(view, { kind: 'PUBLISH', role: 'actor' });
    expect(seen).toMatchObject({ entry: { n: 7 }, line: { name: 'listener' } });
  });
  it('leave out what a fault kept from getting anywhere', () => {
    expect(topics(published(view, 'lamp'))).toEqual(['a', 'b']);
    expect(new TextDecoder().decode(published(view, 'lamp', 'b')[0]!.packet.payload)).toBe('five');
  });
});

it('what a program published is not what others did', () => {
  expect(published(view, 'lamp', 'a').map(({ entry }) => entry.n)).toEqual([5]);
  expect(delivered(view, 'listener', 'a').map(({ entry }) => entry.n)).toEqual([7]);
  expect(delivered(view, 'lamp')).toEqual([]);
});

it('a CONNACK that refuses is no connection', () => {
  expect(accepted(view, 'lamp')).toHaveLength(1);
  expect(accepted(view, 'fan')).toHaveLength(0);
  const refused = viewOf(opened(1, 'device', 'lamp'), packet(1, 'to-client', connack(5)));
  expect(accepted(refused, 'lamp')).toHaveLength(0);
});

it('what is typed in the terminal of the page is no program of the exercise', () => {
  const typed = viewOf(
    opened(1, 'actor', 'listener'),
    opened(2, 'device', 'terminal-1'),
    packet(2, 'to-client', connack(0)),
    packet(2, 'to-broker', publish('a', 'one')),
    packet(1, 'to-client', publish('a', 'one')),
  );
  expect(accepted(typed, 'lamp')).toEqual([]);
  expect(published(typed, 'lamp')).toEqual([]);
  expect(deliveredFrom(typed, 'lamp', 'listener', 'a')).toEqual([]);
  expect(deliveredFrom(typed, 'terminal-1', 'listener', 'a')).toHaveLength(1);
});

it('what a program is not the sender of has another payload, or came before it', () => {
  const mixed = viewOf(
    opened(1, 'actor', 'listener'),
    opened(2, 'device', 'lamp'),
    opened(3, 'outside'),
    packet(1, 'to-client', publish('a', 'one')),
    packet(2, 'to-broker', publish('a', 'one')),
    packet(1, 'to-client', publish('a', 'one')),
    packet(3, 'to-broker', publish('a', 'two')),
    packet(1, 'to-client', publish('a', 'two')),
    packet(1, 'to-client', publish('b', 'one')),
  );
  expect(deliveredFrom(mixed, 'lamp', 'listener', 'a').map(({ entry }) => entry.n)).toEqual([6]);
});

it.each<[DeviceState[], boolean, boolean]>([
  [[], false, false],
  [['running'], false, false],
  [['running', 'ended'], true, true],
  [['running', 'failed'], false, true],
  [['running', 'off'], false, true],
  [['running', 'ended', 'running'], false, false],
])('after %j: ended %s, over %s', (states, isEnded, isOver) => {
  const ran = viewOf(...states.map(device));
  expect([ended(ran, 'lamp'), over(ran, 'lamp')]).toEqual([isEnded, isOver]);
  expect(over(ran, 'fan')).toBe(false);
});

it('payloads are compared byte by byte', () => {
  expect(samePayload(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
  expect(samePayload(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
  expect(samePayload(Uint8Array.of(1), Uint8Array.of(1, 2))).toBe(false);
  expect(samePayload(new Uint8Array(), new Uint8Array())).toBe(true);
});
