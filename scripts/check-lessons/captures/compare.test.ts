import { expect, test } from 'vitest';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { Capture } from '../../../src/mdx/captures/capture.ts';
import { difference, stories } from './compare.ts';
import { normalise } from './normalise.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text, 'hex'));
let n = 0;
const opened = (line: number, name: string): TraceEntry => ({
  ...{ n: ++n, at: n, type: 'line-opened', line, transport: 'memory', role: 'device', name },
});
const packet = (line: number, direction: 'to-broker' | 'to-client', bytes: string): TraceEntry => ({
  ...{ n: ++n, at: n, type: 'packet', line, direction, version: 4, bytes: hex(bytes) },
  fate: 'passed',
});
const connect = (id: string) =>
  `10${(12 + id.length).toString(16)}00044d5154540402003c00${id.length.toString(16).padStart(2, '0')}${Buffer.from(id).toString('hex')}`;
const publish = (payload: string, id: string) =>
  `32${(5 + payload.length).toString(16).padStart(2, '0')}000161${id}${Buffer.from(payload).toString('hex')}`;

const run = (clientId: string, packetId: string, payload: string, repeat = 1): TraceEntry[] => [
  opened(1, 'lamp'),
  packet(1, 'to-broker', connect(clientId)),
  packet(1, 'to-client', '20020000'),
  ...Array.from({ length: repeat }).flatMap(() => [
    packet(1, 'to-broker', publish(payload, packetId)),
    packet(1, 'to-client', `4002${packetId}`),
  ]),
];
const stored = (entries: TraceEntry[]): Capture => ({
  set: 'solution',
  packets: normalise(entries),
});

test('what a library makes up is counted through, at its own length', () => {
  const one = normalise(run('mqttjs_1a2b3c4d', 'beef', 'x'));
  expect(one).toEqual(normalise(run('mqttjs_99999999', '0102', 'x')));
  expect(one[0]!.bytes).toBe(connect('mqttjs_00000001'));
  expect(one.slice(2).map(({ bytes }) => bytes)).toEqual([publish('x', '0001'), '40020001']);
});
test('an id that the program chose stays', () => {
  expect(normalise(run('lamp', '0001', 'x'))[0]!.bytes).toBe(connect('lamp'));
});
test('a repetition counts once, and figures may differ', () => {
  expect(stories(normalise(run('lamp', '0001', 'x', 5))).get('lamp (line 1)')).toHaveLength(4);
  const then = stored(run('lamp', '0001', '21.5 C', 2));
  expect(difference(then, normalise(run('lamp', '0007', '19.3 C', 6)), true)).toBeUndefined();
  expect(difference(then, normalise(run('lamp', '0007', '20 C')), true)).toBeUndefined();
});
test('a retained message may come before or after the subscription, and is published as it was', () => {
  const delivered = (first: string) =>
    stored([opened(1, 'lamp'), packet(1, 'to-client', `${first}0400016178`)]);
  expect(difference(delivered('30'), delivered('31').packets, true)).toBeUndefined();
  const sent = (first: string) =>
    stored([opened(1, 'lamp'), packet(1, 'to-broker', `${first}0400016178`)]);
  expect(difference(sent('31'), sent('30').packets, true)).toMatch(/"retain":true/);
});
test('deliveries of two topics may come in any order, those of one in theirs', () => {
  const delivered = (...messages: [topic: string, payload: string][]) =>
    stored([
      opened(1, 'phone'),
      ...messages.map(([topic, payload]) =>
        packet(
          ...([1, 'to-client'] as const),
          Buffer.from([0x30, 4, 0, 1, ...Buffer.from(topic + payload)]).toString('hex'),
        ),
      ),
    ]);
  const then = delivered(['a', 'x'], ['b', 'x'], ['a', 'y']);
  const now = delivered(['b', 'x'], ['a', 'x'], ['a', 'y']);
  expect(difference(then, now.packets, true)).toBeUndefined();
  const turned = delivered(['a', 'y'], ['b', 'x'], ['a', 'x']);
  expect(difference(then, turned.packets, true)).toMatch(/packet 1: stored/);
  const other = delivered(['c', 'x'], ['a', 'x'], ['a', 'y']);
  expect(difference(then, other.packets, true)).toMatch(/"topic":"b".* doesn't come/);
});
test('what is left of a message’s life is measured; what it was given is not', () => {
  const expiring = (direction: 'to-broker' | 'to-client', seconds: string) =>
    stored([
      opened(1, 'lamp'),
      { ...packet(1, direction, `300a0001610502000000${seconds}78`), version: 5 } as TraceEntry,
    ]);
  const delivered = expiring('to-client', '02');
  expect(difference(delivered, expiring('to-client', '03').packets, true)).toBeUndefined();
  expect(
    difference(expiring('to-broker', '02'), expiring('to-broker', '03').packets, true),
  ).toMatch(/"messageExpiryInterval":2/);
});
test.each([
  ['another client id', run('fan', '0001', 'x'), /CONNECT/],
  ['another payload', run('lamp', '0001', 'y'), /packet 1: stored/],
  ['a packet that is missing', run('lamp', '0001', 'x').slice(0, 3), /PUBLISH .* doesn't come/],
  ['a client that is missing', [], /lamp \(line 1\) is gone/],
  [
    'a client that is new',
    [...run('lamp', '0001', 'x'), opened(2, 'fan'), packet(2, 'to-broker', 'c000')],
    /fan \(line 1\) is new/,
  ],
])('%s is a difference', (_what, entries, words) => {
  const then = stored(run('lamp', '0001', 'x'));
  expect(difference(then, normalise(entries), true)).toMatch(words);
});
test('a client that was stopped may have sent less', () => {
  const then = stored(run('lamp', '0001', 'x'));
  const now = normalise(run('lamp', '0001', 'x').slice(0, 4));
  expect(difference(then, now, false)).toBeUndefined();
});
