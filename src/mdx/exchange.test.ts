import { expect, test } from 'vitest';
import { levelsOf, rolesIn, stepOf } from './exchange.ts';

test('reads a step', () => {
  expect(stepOf('publisher > broker: PUBLISH hello/mqtt')).toEqual({
    from: 'publisher',
    to: 'broker',
    kind: 'PUBLISH',
    detail: 'hello/mqtt',
  });
  expect(stepOf('broker > publisher: CONNACK')).toEqual({
    from: 'broker',
    to: 'publisher',
    kind: 'CONNACK',
  });
  expect(stepOf('broker >x publisher: PUBACK #1')).toEqual({
    from: 'broker',
    to: 'publisher',
    kind: 'PUBACK',
    detail: '#1',
    lost: true,
  });
});

test.each([
  ['publisher -> broker CONNECT', 'write it as "publisher > broker: CONNECT"'],
  ['phone > broker: CONNECT', '"phone" is not one of publisher, broker, subscriber'],
  ['publisher > subscriber: PUBLISH', 'every packet goes to the broker or comes from it'],
  ['publisher > broker: HELLO', '"HELLO" is not a packet'],
])('%s', (step, message) => expect(() => stepOf(step)).toThrow(message));

test('who takes no part has no life line; the broker always has one', () => {
  const there = stepOf('publisher > broker: CONNECT');
  const back = stepOf('broker > subscriber: PUBLISH a');
  expect(rolesIn([there])).toEqual(['publisher', 'broker']);
  expect(rolesIn([back])).toEqual(['broker', 'subscriber']);
  expect(rolesIn([there, back])).toEqual(['publisher', 'broker', 'subscriber']);
});

test.each([
  ['weather/rain, QoS 1 #1', ['weather/', 'rain, QoS\u00a01\u00a0#1']],
  ['0, Session Present', ['0, Session\u00a0Present']],
  ['a sentence that is as long as this one', ['a sentence that is as long as this one']],
])('%s: a line ends at a level or after a comma', (detail, parts) =>
  expect(levelsOf(detail)).toEqual(parts),
);
