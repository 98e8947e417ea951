import { expect, test } from 'vitest';
import { stepOf } from './exchange.ts';

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
