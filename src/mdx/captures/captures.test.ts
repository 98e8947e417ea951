import { expect, test } from 'vitest';
import type { Capture, CapturedPacket } from './capture.ts';
import { readCapture } from './capture.ts';
import { pick } from './pick.ts';
import { stepsOf } from './steps.ts';

const packet = (
  client: string,
  direction: CapturedPacket['direction'],
  bytes: string,
): CapturedPacket => ({ client, line: 1, direction, version: 4, bytes });
const capture: Capture = {
  set: 'solution',
  packets: [
    packet('lamp', 'to-client', '20020000'),
    packet('phone', 'to-broker', '8206000100016101'),
    packet('phone', 'to-client', '9003000101'),
    packet('lamp', 'to-broker', '3b06000161000a78'),
    packet('lamp', 'to-client', '4002000a'),
    { ...packet('lamp', 'to-client', '4002000a'), lost: true },
    packet('other', 'to-broker', 'c000'),
  ],
};

test('a stored capture is read as it was written', () => {
  expect(readCapture(JSON.stringify(capture), 'a/b/captures/solution.json')).toEqual(capture);
});
test.each([
  ['{', 'is no JSON'],
  ['{}', 'names no set of programs'],
  ['{"set":"../x","packets":[]}', 'names no set of programs'],
  ['{"set":"solution"}', 'has no packets'],
  ['{"set":"solution","packets":[{"client":"a"}]}', 'has a packet that is none'],
])('%s %s', (text, message) => {
  expect(() => readCapture(text, 'a/b/captures/c.json')).toThrow(
    `lessons/a/b/captures/c.json: ${message}`,
  );
});

test('steps of the two columns, with what each packet says', () => {
  expect(stepsOf(capture, { publisher: 'lamp', subscriber: 'phone' })).toEqual([
    { from: 'broker', to: 'publisher', kind: 'CONNACK', detail: '0' },
    { from: 'subscriber', to: 'broker', kind: 'SUBSCRIBE', detail: 'a, QoS 1' },
    { from: 'broker', to: 'subscriber', kind: 'SUBACK', detail: '1' },
    { from: 'publisher', to: 'broker', kind: 'PUBLISH', detail: 'a, QoS 1 #10, DUP, RETAIN' },
    { from: 'broker', to: 'publisher', kind: 'PUBACK', detail: '#10' },
    { from: 'broker', to: 'publisher', kind: 'PUBACK', detail: '#10', lost: true },
  ]);
});
test('whose id was chosen, and why the broker said goodbye', () => {
  const packets = [
    packet('lamp', 'to-broker', '100e00044d5154540402003c00026162'),
    packet('lamp', 'to-broker', '100c00044d5154540402003c0000'),
    { ...packet('lamp', 'to-client', 'e0018e'), version: 5 as const },
    packet('lamp', 'to-broker', 'e000'),
  ];
  const details = stepsOf({ set: 'solution', packets }, { publisher: 'lamp' });
  expect(details.map(({ detail }) => detail)).toEqual(['ab', undefined, '0x8E', undefined]);
});
test('a part of them', () => {
  const choice = { publisher: 'lamp', only: ['PUBLISH', 'PUBACK'], skip: 1, first: 1 };
  expect(stepsOf(capture, choice).map(({ kind }) => kind)).toEqual(['PUBACK']);
});
test('refuses a client that is not there, and a picture of nothing', () => {
  expect(() => stepsOf(capture, { publisher: 'fan' })).toThrow('it has lamp, phone, other');
  expect(() => stepsOf(capture, {})).toThrow('nothing of this capture');
});

test('picks a packet by its kind, its sender or its receiver', () => {
  expect(pick(capture, { packet: 'SUBACK', to: 'phone' })).toBe(capture.packets[2]);
  expect(pick(capture, { packet: 'PUBLISH', from: 'lamp' })).toBe(capture.packets[3]);
  expect(() => pick(capture, { packet: 'PUBLISH', to: 'phone' })).toThrow('PUBLISH from lamp');
  expect(() => pick(capture, { packet: 'CONNACK', nth: 2 })).toThrow('no such packet');
});
